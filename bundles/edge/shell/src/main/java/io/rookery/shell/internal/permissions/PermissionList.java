// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.permissions;

import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Lists what a tenant is permitted beyond what every tenant may. */
@Service
@Command(
    scope = "rookery",
    name = "permission-list",
    description = "Lists what a tenant is permitted beyond what every tenant may")
public final class PermissionList extends TenantCommand {

  @Reference(optional = true)
  private TenantPermissions permissions;

  @Override
  protected void run(Output out) {
    out.list(PermissionView.FIELDS, need(permissions).list(context()));
  }
}
