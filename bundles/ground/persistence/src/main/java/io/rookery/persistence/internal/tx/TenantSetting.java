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

  private static final String APPLY = "select set_config('nile.tenant_id', ?, true), current_user";

  private TenantSetting() {}

  /** Sets the tenant and makes sure that the role is one that row-level security holds for. */
  static void apply(Connection connection, UUID tenantId) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(APPLY)) {
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
