// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.gate;

import io.rookery.api.tenancy.Tenant;

/** A suspended tenant sends nothing. */
final class TenantCheck implements GateCheck {

  @Override
  public void check(GateSubject subject, Findings findings) {
    if (subject.tenant().status() == Tenant.Status.SUSPENDED) {
      findings.add("tenant_suspended", "The tenant is suspended; ask the operator to resume it");
    }
  }
}
