// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Statements with their values in order. */
public final class Sql {

  /** Reads one row. */
  @FunctionalInterface
  public interface Row<R> {

    /** Reads the row that the result set stands at. */
    R read(ResultSet row) throws SQLException;
  }

  private Sql() {}

  /** Runs a statement and returns how many rows it touched. */
  public static int update(Tx tx, String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = tx.connection().prepareStatement(sql)) {
      bind(statement, values);
      return statement.executeUpdate();
    }
  }

  /** Returns all rows of a query. */
  public static <R> List<R> list(Tx tx, Row<R> reader, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = tx.connection().prepareStatement(sql)) {
      bind(statement, values);
      try (ResultSet rows = statement.executeQuery()) {
        List<R> result = new ArrayList<>();
        while (rows.next()) {
          result.add(reader.read(rows));
        }
        return result;
      }
    }
  }

  /** Returns the first row of a query, or empty. */
  public static <R> Optional<R> first(Tx tx, Row<R> reader, String sql, Object... values)
      throws SQLException {
    return list(tx, reader, sql, values).stream().findFirst();
  }

  /** Returns a moment of a row, or null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  private static void bind(PreparedStatement statement, Object... values) throws SQLException {
    for (int i = 0; i < values.length; i++) {
      Object value = values[i];
      if (value instanceof Instant instant) {
        value = instant.atOffset(ZoneOffset.UTC);
      } else if (value instanceof Enum<?> constant) {
        value = constant.name();
      }
      statement.setObject(i + 1, value);
    }
  }
}
