// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Looks at the key that a host shows now. */
@Service
@Command(
    scope = "rookery",
    name = "host-scan",
    description = "Looks at the key that a host shows now; no credential is sent to it")
public final class HostScan extends HostCommand {

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.show(HostView.SHOWN, hosts().scan(context, id(context)));
  }
}
