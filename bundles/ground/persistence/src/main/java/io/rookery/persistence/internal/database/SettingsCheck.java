// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Refuses a server that could lose what it has confirmed: a message that is answered for must
 * outlive the death of the database.
 */
public final class SettingsCheck {

  private static final int OLDEST = 150000;
  private static final String QUERY =
      "select name, setting from pg_settings"
          + " where name in ('fsync', 'synchronous_commit', 'server_version_num')";

  private SettingsCheck() {}

  /** Checks the server behind a connection, as the connection's role sees it. */
  public static void verify(Connection connection) throws SQLException {
    List<String> faults = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(QUERY)) {
      while (rows.next()) {
        String fault = fault(rows.getString(1), rows.getString(2));
        if (fault != null) {
          faults.add(fault);
        }
      }
    }
    if (!faults.isEmpty()) {
      throw new DatabaseRefusedException(
          "The database is refused, as it could lose confirmed work: " + String.join(", ", faults));
    }
  }

  private static String fault(String name, String value) {
    return switch (name) {
      case "server_version_num" ->
          Integer.parseInt(value) < OLDEST ? "it is older than PostgreSQL 15" : null;
      default -> "off".equals(value) ? name + " is off" : null;
    };
  }
}
