// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import static io.rookery.secrets.internal.rotation.Columns.instant;
import static io.rookery.secrets.internal.rotation.Columns.time;

import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The table of rotations. */
final class RotationStore {

  private static final String SELECT =
      """
      select id, secret_id, kind, reference, subject_id, state, both_work, grace_seconds,
             incident_id, old_version, problem, started_at, promoted_at, retire_at, ended_at,
             next_at, version
      from tenant.rotation where tenant_id = ?
      """;

  /** A row of some tenant that is due. */
  record Due(UUID tenantId, UUID id) {}

  void insert(Tx tx, List<SecretRotation> begun) throws SQLException {
    String sql =
        """
        insert into tenant.rotation (state, both_work, grace_seconds, old_version, problem,
          promoted_at, retire_at, ended_at, next_at, version, tenant_id, id, secret_id, kind,
          reference, subject_id, incident_id, started_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      for (SecretRotation row : begun) {
        bind(tx, insert, row);
        insert.setObject(13, row.secretId());
        insert.setString(14, row.kind());
        insert.setString(15, row.reference());
        insert.setObject(16, row.subjectId());
        insert.setString(17, row.incidentId());
        insert.setObject(18, time(row.startedAt()));
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  /**
   * Writes what became of a row that was read, as its next version; whoever is late changes
   * nothing.
   */
  void update(Tx tx, SecretRotation row) throws SQLException {
    String sql =
        """
        update tenant.rotation set state = ?, both_work = ?, grace_seconds = ?, old_version = ?,
          problem = ?, promoted_at = ?, retire_at = ?, ended_at = ?, next_at = ?, version = ? + 1
        where tenant_id = ? and id = ? and version = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      bind(tx, update, row);
      update.setLong(13, row.version());
      if (update.executeUpdate() != 1) {
        throw new RookeryException(
            CommonErrors.CONFLICT,
            "Somebody else changed the rotation in between; look at it again");
      }
    }
  }

  private static void bind(Tx tx, PreparedStatement statement, SecretRotation row)
      throws SQLException {
    statement.setString(1, row.state().name().toLowerCase(Locale.ROOT));
    statement.setBoolean(2, row.overlap());
    statement.setLong(3, row.grace().toSeconds());
    statement.setInt(4, row.oldVersion());
    statement.setString(5, row.problem());
    statement.setObject(6, time(row.promotedAt()));
    statement.setObject(7, time(row.retireAt()));
    statement.setObject(8, time(row.endedAt()));
    statement.setObject(9, time(row.nextAt()));
    statement.setLong(10, row.version());
    statement.setObject(11, tx.context().tenantId());
    statement.setObject(12, row.id());
  }

  Optional<SecretRotation> find(Tx tx, UUID id, boolean lock) throws SQLException {
    return select(tx, SELECT + " and id = ?" + (lock ? " for update" : ""), id).stream()
        .findFirst();
  }

  /** Returns the rotation of a secret that is not over. */
  Optional<SecretRotation> open(Tx tx, UUID secretId) throws SQLException {
    String sql = SELECT + " and secret_id = ? and ended_at is null for update";
    return select(tx, sql, secretId).stream().findFirst();
  }

  List<SecretRotation> list(Tx tx, UUID below, int limit) throws SQLException {
    return select(tx, SELECT + " and id < ? order by id desc limit ?", below, limit);
  }

  /** Returns rotations of all tenants that are due, the longest overdue first. */
  List<Due> due(Connection system, Instant now, int limit) throws SQLException {
    String sql =
        "select tenant_id, id from tenant.rotation where next_at <= ? order by next_at limit ?";
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setObject(1, time(now));
      select.setInt(2, limit);
      return due(select);
    }
  }

  static List<Due> due(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<Due> due = new ArrayList<>();
      while (row.next()) {
        due.add(new Due(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
      }
      return due;
    }
  }

  private static List<SecretRotation> select(Tx tx, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 2, values[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        List<SecretRotation> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(row(row));
        }
        return rows;
      }
    }
  }

  private static SecretRotation row(ResultSet row) throws SQLException {
    return new SecretRotation(
        row.getObject("id", UUID.class),
        row.getObject("secret_id", UUID.class),
        row.getString("kind"),
        row.getString("reference"),
        row.getObject("subject_id", UUID.class),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getBoolean("both_work"),
        Duration.ofSeconds(row.getLong("grace_seconds")),
        row.getString("incident_id"),
        row.getInt("old_version"),
        row.getString("problem"),
        instant(row, "started_at"),
        instant(row, "promoted_at"),
        instant(row, "retire_at"),
        instant(row, "ended_at"),
        instant(row, "next_at"),
        row.getLong("version"));
  }
}
