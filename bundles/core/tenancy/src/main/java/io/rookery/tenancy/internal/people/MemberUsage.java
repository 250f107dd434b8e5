// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.EntitlementUsage;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.tenancy.internal.people.store.Memberships;
import java.sql.SQLException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts the members of a tenant for its plan. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class MemberUsage implements EntitlementUsage {

  @Override
  public Entitlement entitlement() {
    return Entitlement.USERS;
  }

  @Override
  public long used(Tx tx) throws SQLException {
    return Memberships.count(tx);
  }
}
