// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.persistence.internal.database.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/** Tells the database whose transaction this is, until it ends. */
final class TenantSetting {

  /**
   * Whether plans are made for each run, as is usual, or may be kept until the transaction ends.
   */
  enum Plans {
    FRESH(""),
    KEPT(", set_config('plan_cache_mode', 'auto', true)");

    private final String sql;

    Plans(String more) {
      this.sql = "select set_config('nile.tenant_id', ?, true), current_user" + more;
    }
  }

  private TenantSetting() {}

  /** Like {@link #apply(Connection, UUID, Plans)} with a plan made for each run. */
  static void apply(Connection connection, UUID tenantId) throws SQLException {
    apply(connection, tenantId, Plans.FRESH);
  }

  /** Sets the tenant and makes sure that the role is one that row-level security holds for. */
  static void apply(Connection connection, UUID tenantId, Plans plans) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(plans.sql)) {
      statement.setString(1, tenantId.toString());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        if (!Role.APP.equals(row.getString(2))) {
          throw new IllegalStateException(
              "Tenants' transactions run as " + Role.APP + ", not as " + row.getString(2));
        }
      }
    }
  }
}
