// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.api.hosts.Rotation;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import java.util.UUID;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Option;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Puts a new pair in place of the present one. */
@Service
@Command(
    scope = "rookery",
    name = "host-key-rotate",
    description = "Puts a new pair on a host in place of the present one")
public final class HostKeyRotate extends KeyCommand {

  @Option(name = "--grace", description = "For how long the old pair works on; 24h by default")
  private String grace;

  @Option(name = "--incident", description = "Takes the old pair for compromised, off at once")
  private String incident;

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    UUID host = id(context);
    Rotation rotation = new Rotation(grace == null ? null : Arguments.span(grace), incident);
    out.show(KeyView.FIELDS, keys().rotate(context, host, key(context, host), rotation));
  }
}
