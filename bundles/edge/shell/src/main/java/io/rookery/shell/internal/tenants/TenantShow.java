// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.tenants;

import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Shows a tenant. */
@Service
@Command(scope = "rookery", name = "tenant-show", description = "Shows a tenant")
public final class TenantShow extends TenantCommand {

  @Override
  protected void run(Output out) {
    out.show(TenantView.FIELDS, tenants().get(context()));
  }
}
