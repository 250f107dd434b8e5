// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.move;

import io.rookery.spi.secrets.SecretPath;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import java.util.UUID;

/** Moves, as rows. */
final class MoveTable {

  private static final String COLUMNS =
      """
      select id, source, target, job_id, peeked_path, peeked_version, started_at, finished_at
      from platform.secret_move
      """;

  private MoveTable() {}

  /** A version that is being looked at although it is deleted. */
  record Peek(SecretPath path, int version) {}

  /** A move; the job and the peek may be null, and so is the end of one that is not over. */
  record Row(
      UUID id,
      String source,
      String target,
      UUID jobId,
      Peek peek,
      Instant startedAt,
      Instant finishedAt) {}

  static void insert(Connection connection, UUID id, String source, String target)
      throws SQLException {
    String sql =
        "insert into platform.secret_move (id, source, target, started_at) values (?, ?, ?, now())";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, id);
      insert.setString(2, source);
      insert.setString(3, target);
      insert.executeUpdate();
    }
  }

  /** Returns the move that was begun last. */
  static Optional<Row> last(Connection connection) throws SQLException {
    return one(connection, COLUMNS + " order by started_at desc, id desc limit 1", null);
  }

  static Optional<Row> find(Connection connection, UUID id) throws SQLException {
    return one(connection, COLUMNS + " where id = ?", id);
  }

  /** Returns whether secrets were ever moved to or from a store. */
  static boolean knows(Connection connection, String store) throws SQLException {
    return one(connection, COLUMNS + " where ? in (source, target) limit 1", store).isPresent();
  }

  private static Optional<Row> one(Connection connection, String sql, Object value)
      throws SQLException {
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      if (value != null) {
        select.setObject(1, value);
      }
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row(row)) : Optional.empty();
      }
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    String peeked = row.getString("peeked_path");
    OffsetDateTime finished = row.getObject("finished_at", OffsetDateTime.class);
    return new Row(
        row.getObject("id", UUID.class),
        row.getString("source"),
        row.getString("target"),
        row.getObject("job_id", UUID.class),
        peeked == null ? null : new Peek(new SecretPath(peeked), row.getInt("peeked_version")),
        row.getObject("started_at", OffsetDateTime.class).toInstant(),
        finished == null ? null : finished.toInstant());
  }

  static void job(Connection connection, UUID id, UUID jobId) throws SQLException {
    update(connection, "update platform.secret_move set job_id = ? where id = ?", jobId, id);
  }

  static void peek(Connection connection, UUID id, Peek peek) throws SQLException {
    update(
        connection,
        "update platform.secret_move set peeked_path = ?, peeked_version = ? where id = ?",
        peek == null ? null : peek.path().value(),
        peek == null ? null : peek.version(),
        id);
  }

  static void finish(Connection connection, UUID id) throws SQLException {
    update(connection, "update platform.secret_move set finished_at = now() where id = ?", id);
  }

  private static void update(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.executeUpdate();
    }
  }
}
