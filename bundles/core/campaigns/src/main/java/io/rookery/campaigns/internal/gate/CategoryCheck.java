// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantPermissions.Permission;

/** Only who is permitted to sends mail that nobody can unsubscribe from. */
final class CategoryCheck implements GateCheck {

  private final TenantPermissions permissions;

  CategoryCheck(TenantPermissions permissions) {
    this.permissions = permissions;
  }

  @Override
  public void check(GateSubject subject, Findings findings) {
    boolean permitted =
        subject.commercial()
            || permissions.list(subject.context()).stream()
                .anyMatch(grant -> grant.permission() == Permission.TRANSACTIONAL_MAIL);
    if (!permitted) {
      findings.add(
          "transactional_not_permitted",
          "Transactional mail needs the operator's permission; without it mail is commercial");
    }
  }
}
