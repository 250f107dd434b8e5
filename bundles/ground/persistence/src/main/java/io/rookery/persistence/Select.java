// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * One statement that reads rows and locks nothing. Immutable.
 *
 * @param sql the statement, made of constants alone; ends without a semicolon
 * @param values what stands for its question marks, in order: UUIDs, texts and numbers
 * @param reader makes a result of a row
 */
public record Select<R>(String sql, List<Object> values, RowReader<R> reader) {

  /** Refuses values of whose type the driver would first ask the server. */
  public Select {
    values = List.copyOf(values);
    for (Object value : values) {
      if (!(value instanceof UUID || value instanceof String || value instanceof Number)) {
        throw new IllegalArgumentException("No value of a Select: " + value.getClass());
      }
    }
  }

  /** Makes a result of a row. */
  @FunctionalInterface
  public interface RowReader<R> {

    /** Reads the row that the result set stands at. */
    R read(ResultSet row) throws SQLException;
  }

  /** Runs it on a connection and returns what it found, in order. */
  public List<R> on(Connection connection) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      bind(statement, 1);
      try (ResultSet rows = statement.executeQuery()) {
        return read(rows);
      }
    }
  }

  /** Gives a statement the values, of which the first has a number there. */
  public void bind(PreparedStatement statement, int first) throws SQLException {
    for (int i = 0; i < values.size(); i++) {
      statement.setObject(first + i, values.get(i));
    }
  }

  /** Reads the rows that are left. */
  public List<R> read(ResultSet rows) throws SQLException {
    List<R> found = new ArrayList<>();
    while (rows.next()) {
      found.add(reader.read(rows));
    }
    return found;
  }
}
