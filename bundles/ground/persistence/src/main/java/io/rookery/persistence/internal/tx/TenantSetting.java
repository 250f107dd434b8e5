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

/**
 * Tells the database whose transaction this is and what of the tenant it sees, until it ends, by
 * one statement.
 */
record TenantSetting(TenantContext context, Plans plans) {

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

  private static final String RESTRICT = ", set_config('rookery.workspaces', ?, true)";

  /** Sets a tenant with a plan made for each run. */
  static void apply(Connection connection, TenantContext context) throws SQLException {
    new TenantSetting(context, Plans.FRESH).apply(connection);
  }

  /** Sets the tenant and makes sure that the role is one that row-level security holds for. */
  void apply(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql())) {
      bind(statement);
      try (ResultSet row = statement.executeQuery()) {
        verify(row);
      }
    }
  }

  /**
   * Returns the statement. Most see the whole tenant and set no more than that: what was set before
   * on a pooled connection ended with its transaction.
   */
  String sql() {
    return context.restricted() ? plans.sql + RESTRICT : plans.sql;
  }

  /** Gives the statement its values; returns the number that comes after them. */
  int bind(PreparedStatement statement) throws SQLException {
    statement.setString(1, context.tenantId().toString());
    if (!context.restricted()) {
      return 2;
    }
    statement.setString(2, workspaces());
    return 3;
  }

  /** None at all is an empty array, which is not the same as no setting. */
  private String workspaces() {
    return context.workspaces().stream()
        .map(UUID::toString)
        .collect(Collectors.joining(",", "{", "}"));
  }

  /** Looks at what the statement answered. */
  void verify(ResultSet row) throws SQLException {
    row.next();
    if (!Role.APP.equals(row.getString(2))) {
      throw new IllegalStateException(
          "Tenants' transactions run as " + Role.APP + ", not as " + row.getString(2));
    }
  }
}
