// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.EntitlementUsage;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Counts the domains of a tenant for its plan, verified or not. */
@Component(
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class DomainUsage implements EntitlementUsage {

  @Override
  public Entitlement entitlement() {
    return Entitlement.DOMAINS;
  }

  @Override
  public long used(Tx tx) throws SQLException {
    return count(tx);
  }

  static long count(Tx tx) throws SQLException {
    try (PreparedStatement query =
        tx.connection()
            .prepareStatement("select count(*) from tenant.domain where tenant_id = ?")) {
      query.setObject(1, tx.context().tenantId());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
