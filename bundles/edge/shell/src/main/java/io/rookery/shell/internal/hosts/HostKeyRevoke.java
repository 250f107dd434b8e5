// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes a key off a host. */
@Service
@Command(
    scope = "rookery",
    name = "host-key-revoke",
    description = "Takes a key off a host; it is used for nothing else from then on")
public final class HostKeyRevoke extends KeyCommand {

  @Option(name = "--incident", description = "Why it is held to be compromised")
  private String incident;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    UUID host = id(context);
    out.show(KeyView.FIELDS, keys().revoke(context, host, key(context, host), incident));
  }
}
