// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements with their values in order. */
final class Sql {

  private Sql() {}

  /** Makes something of a row. */
  interface Reading<T> {
    T of(ResultSet row) throws SQLException;
  }

  static int update(Connection connection, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  static <T> List<T> list(Connection connection, String sql, Reading<T> reading, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
          found.add(reading.of(rows));
        }
        return found;
      }
    }
  }

  static <T> Optional<T> first(
      Connection connection, String sql, Reading<T> reading, Object... values) throws SQLException {
    return list(connection, sql, reading, values).stream().findFirst();
  }

  /** Returns a moment of a row, or null. */
  static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value == null) {
        statement.setNull(i + 1, Types.OTHER);
      } else if (value instanceof Instant moment) {
        statement.setObject(i + 1, moment.atOffset(ZoneOffset.UTC));
      } else if (value instanceof byte[][] many) {
        statement.setArray(i + 1, statement.getConnection().createArrayOf("bytea", many));
      } else if (value instanceof byte[] bytes) {
        statement.setBytes(i + 1, bytes);
      } else {
        statement.setObject(i + 1, value);
      }
    }
  }
}
