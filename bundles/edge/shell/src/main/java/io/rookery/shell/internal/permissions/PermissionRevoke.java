// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.permissions;

import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantPermissions.Permission;
import io.rookery.shell.internal.Arguments;
import io.rookery.shell.internal.Output;
import io.rookery.shell.internal.TenantCommand;
import java.util.Map;
import org.apache.karaf.shell.api.action.Argument;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.Completion;
import org.apache.karaf.shell.api.action.lifecycle.Reference;
import org.apache.karaf.shell.api.action.lifecycle.Service;

/** Takes a permission back from a tenant. */
@Service
@Command(
    scope = "rookery",
    name = "permission-revoke",
    description = "Takes a permission back from a tenant")
public final class PermissionRevoke extends TenantCommand {

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
    Permission unwanted = Arguments.constant("permission", Permission.class, permission);
    need(permissions).revoke(operator(), tenant().id(), unwanted);
    out.done("No longer permitted: " + permission, Map.of("permission", permission));
  }
}
