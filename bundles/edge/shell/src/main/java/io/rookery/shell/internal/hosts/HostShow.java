// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.hosts;

import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.Output;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows a host. */
@Service
@Command(scope = "rookery", name = "host-show", description = "Shows a host")
public final class HostShow extends HostCommand {

  @Override
  protected void run(Output out) {
    TenantContext context = context();
    out.show(HostView.FIELDS, hosts().get(context, id(context)));
  }
}
