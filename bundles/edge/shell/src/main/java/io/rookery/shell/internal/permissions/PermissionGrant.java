// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.permissions;

import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantPermissions.Permission;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Permits something to a tenant. */
@Service
@Command(
    scope = "rookery",
    name = "permission-grant",
    description = "Permits something to a tenant")
public final class PermissionGrant extends TenantCommand {

  @Argument(
      index = 1,
      name = "permission",
      required = true,
      description = "What is permitted, such as transactional_mail")
  @Completion(PermissionCompleter.class)
  private String permission;

  @Reference(optional = true)
  private TenantPermissions permissions;

  @Override
  protected void run(Output out) {
    Permission wanted = Arguments.constant("permission", Permission.class, permission);
    out.show(PermissionView.FIELDS, need(permissions).grant(operator(), tenant().id(), wanted));
  }
}
