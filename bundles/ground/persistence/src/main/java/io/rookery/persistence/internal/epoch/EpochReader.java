// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.epoch;

import io.rookery.persistence.internal.database.Database;
import io.rookery.persistence.internal.database.Impatient;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Reads the epochs that may have changed since the last time. What a transaction that was still
 * running then has changed is read again, so a late commit is never missed.
 */
final class EpochReader {

  private static final String HORIZON = "select pg_snapshot_xmin(pg_current_snapshot())::text";
  private static final String CHANGED =
      "select tenant_id, topic, value from platform.epoch where changed >= ?::text::xid8";

  private final Database database;
  private BigInteger horizon = BigInteger.ZERO;

  EpochReader(Database database) {
    this.database = database;
  }

  /** Returns the numbers that may be new. Not thread-safe. */
  Map<Key, Long> read() throws SQLException {
    try (Connection connection = database.system().getConnection()) {
      Impatient.limit(connection);
      BigInteger next = horizon(connection);
      // Transaction ids that fell belong to another database, restored under our feet.
      BigInteger from = next.compareTo(horizon) < 0 ? BigInteger.ZERO : horizon;
      Map<Key, Long> changed = changed(connection, from);
      horizon = next;
      return changed;
    }
  }

  private static BigInteger horizon(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HORIZON)) {
      row.next();
      return new BigInteger(row.getString(1));
    }
  }

  private static Map<Key, Long> changed(Connection connection, BigInteger from)
      throws SQLException {
    Map<Key, Long> changed = new HashMap<>();
    try (PreparedStatement statement = connection.prepareStatement(CHANGED)) {
      statement.setString(1, from.toString());
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          UUID tenant = rows.getObject(1, UUID.class);
          changed.put(new Key(tenant, rows.getString(2)), rows.getLong(3));
        }
      }
    }
    return changed;
  }

  /** Which number is meant. */
  record Key(UUID tenantId, String topic) {}
}
