// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.kernel.TenantContext;
import io.rookery.persistence.internal.database.Role;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;
import java.util.stream.Collectors;

/** Tells the database whose transaction this is and what of the tenant it sees, until it ends. */
final class TenantSetting {

  /**
   * Whether plans are made for each run, as is usual, or may be kept until the transaction ends.
   */
  enum Plans {
    FRESH(""),
    KEPT(", set_config('plan_cache_mode', 'auto', true)"),
    /** The same, of indexes. */
    BY_INDEX(KEPT.more + ", set_config('enable_seqscan', 'off', true)");

    private final String more;
    private final String sql;

    Plans(String more) {
      this.more = more;
      this.sql = "select set_config('nile.tenant_id', ?, true), current_user" + more;
    }
  }

  private static final String RESTRICT = "select set_config('rookery.workspaces', ?, true)";

  private TenantSetting() {}

  /** Like {@link #apply(Connection, TenantContext, Plans)} with a plan made for each run. */
  static void apply(Connection connection, TenantContext context) throws SQLException {
    apply(connection, context, Plans.FRESH);
  }

  /** Sets the tenant and makes sure that the role is one that row-level security holds for. */
  static void apply(Connection connection, TenantContext context, Plans plans) throws SQLException {
    tenant(connection, context.tenantId(), plans);
    // Most see the whole tenant, and the setting of a pooled connection ended with its transaction.
    if (context.restricted()) {
      restrict(connection, context);
    }
  }

  private static void tenant(Connection connection, UUID tenantId, Plans plans)
      throws SQLException {
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

  /** None at all is an empty array, which is not the same as no setting. */
  private static void restrict(Connection connection, TenantContext context) throws SQLException {
    String array =
        context.workspaces().stream()
            .map(UUID::toString)
            .collect(Collectors.joining(",", "{", "}"));
    try (PreparedStatement statement = connection.prepareStatement(RESTRICT)) {
      statement.setString(1, array);
      statement.execute();
    }
  }
}
