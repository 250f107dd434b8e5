// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.permissions;

import io.rookery.api.tenancy.TenantPermissions.Grant;
import io.rookery.shell.internal.View;

/** How the shell shows what a tenant is permitted. */
final class PermissionView {

  static final View<Grant> FIELDS =
      View.<Grant>empty()
          .column("id", Grant::id)
          .column("permission", Grant::permission)
          .column("granted_by", Grant::grantedBy)
          .column("granted_at", Grant::grantedAt);

  private PermissionView() {}
}
