// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import static io.rookery.secrets.internal.rotation.Columns.instant;
import static io.rookery.secrets.internal.rotation.Columns.time;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of secrets that are replaced by themselves. */
final class RotatingStore {

  /** So long before its time whoever owns a secret is told. */
  static final Duration NOTICE = Duration.ofDays(7);

  private static final String SELECT =
      """
      select id, kind, reference, subject_id, days, rotated_at, due_at
      from tenant.rotating_secret where tenant_id = ?
      """;

  /** Writes a secret unless it is there. */
  void insert(Tx tx, RotatingSecret secret) throws SQLException {
    String sql =
        """
        insert into tenant.rotating_secret (tenant_id, id, kind, reference, subject_id, days,
          rotated_at, due_at, look_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (tenant_id, id) do nothing
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, secret.id());
      insert.setString(3, secret.kind());
      insert.setString(4, secret.reference());
      insert.setObject(5, secret.subjectId());
      insert.setInt(6, secret.days());
      insert.setObject(7, time(secret.rotatedAt()));
      insert.setObject(8, time(secret.dueAt()));
      insert.setObject(9, time(secret.dueAt().minus(NOTICE)));
      insert.executeUpdate();
    }
  }

  /** Writes when a secret came into use and when it is due; it is announced anew then. */
  void plan(Tx tx, RotatingSecret secret) throws SQLException {
    String sql =
        """
        update tenant.rotating_secret
        set days = ?, rotated_at = ?, due_at = ?, look_at = ?, noticed_at = null
        where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setInt(1, secret.days());
      update.setObject(2, time(secret.rotatedAt()));
      update.setObject(3, time(secret.dueAt()));
      update.setObject(4, time(secret.dueAt().minus(NOTICE)));
      update.setObject(5, tx.context().tenantId());
      update.setObject(6, secret.id());
      update.executeUpdate();
    }
  }

  /** Writes when a secret is to be looked at; returns whether nobody had been told of it before. */
  boolean noticed(Tx tx, UUID id, Instant now, Instant lookAt) throws SQLException {
    String sql =
        """
        with before as (select noticed_at from tenant.rotating_secret
                        where tenant_id = ? and id = ? for update)
        update tenant.rotating_secret s set noticed_at = coalesce(s.noticed_at, ?), look_at = ?
        from before where s.tenant_id = ? and s.id = ? returning before.noticed_at is null
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, tx.context().tenantId());
      update.setObject(2, id);
      update.setObject(3, time(now));
      update.setObject(4, time(lookAt));
      update.setObject(5, tx.context().tenantId());
      update.setObject(6, id);
      try (ResultSet row = update.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  void delete(Tx tx, UUID id) throws SQLException {
    String sql = "delete from tenant.rotating_secret where tenant_id = ? and id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      delete.executeUpdate();
    }
  }

  Optional<RotatingSecret> find(Tx tx, UUID id, boolean lock) throws SQLException {
    return select(tx, SELECT + " and id = ?" + (lock ? " for update" : ""), id).stream()
        .findFirst();
  }

  /** Returns those that are due by a time, by id beyond one. */
  List<RotatingSecret> list(Tx tx, Instant dueBy, UUID beyond, int limit) throws SQLException {
    String sql = SELECT + " and due_at <= ? and id > ? order by id limit ?";
    return select(tx, sql, time(dueBy), beyond, limit);
  }

  /** Returns and holds those that are due by a time and are not being replaced. */
  List<RotatingSecret> idle(Tx tx, Instant dueBy, int limit) throws SQLException {
    String sql =
        SELECT
            + """
             and due_at <= ? and not exists (select from tenant.rotation r
               where r.tenant_id = rotating_secret.tenant_id
                 and r.secret_id = rotating_secret.id and r.ended_at is null)
             order by due_at limit ? for update
            """;
    return select(tx, sql, time(dueBy), limit);
  }

  /** Returns secrets of all tenants that are to be looked at, the longest waiting first. */
  List<RotationStore.Due> due(Connection system, Instant now, int limit) throws SQLException {
    String sql =
        "select tenant_id, id from tenant.rotating_secret where look_at <= ?"
            + " order by look_at limit ?";
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setObject(1, time(now));
      select.setInt(2, limit);
      return RotationStore.due(select);
    }
  }

  private static List<RotatingSecret> select(Tx tx, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      for (int i = 0; i < values.length; i++) {
        select.setObject(i + 2, values[i]);
      }
      try (ResultSet row = select.executeQuery()) {
        List<RotatingSecret> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(
              new RotatingSecret(
                  row.getObject("id", UUID.class),
                  row.getString("kind"),
                  row.getString("reference"),
                  row.getObject("subject_id", UUID.class),
                  row.getInt("days"),
                  instant(row, "rotated_at"),
                  instant(row, "due_at")));
        }
        return rows;
      }
    }
  }
}
