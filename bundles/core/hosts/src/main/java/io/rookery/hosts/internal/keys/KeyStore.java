// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.SshKey;
import io.rookery.api.hosts.SshKey.Algorithm;
import io.rookery.api.hosts.SshKey.Role;
import io.rookery.api.hosts.SshKey.State;
import io.rookery.api.hosts.SshKey.Version;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The table of keys; their pairs are {@link VersionStore}'s. */
final class KeyStore {

  private static final String SELECT =
      """
      select id, host_id, role, username, algorithm, state, step, grace_seconds, rotation_days,
             untidy, problem, due_at, created_at, version
      from tenant.host_key where tenant_id = ?
      """;

  private final VersionStore versions = new VersionStore();

  /** A key that is due. */
  record DueKey(UUID tenantId, UUID id) {}

  void insert(Tx tx, KeyRow row) throws SQLException {
    String sql =
        """
        insert into tenant.host_key (state, step, grace_seconds, untidy, problem, due_at, version,
          tenant_id, id, host_id, role, username, algorithm, rotation_days, created_at)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    SshKey key = row.key();
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      bind(tx, insert, row);
      insert.setObject(10, key.hostId());
      insert.setString(11, word(key.role()));
      insert.setString(12, key.user());
      insert.setString(13, word(key.algorithm()));
      insert.setInt(14, key.rotationDays());
      insert.setObject(15, time(key.createdAt()));
      insert.executeUpdate();
    }
  }

  /**
   * Writes what became of a row that was read, as its next version; whoever is late changes
   * nothing.
   */
  void update(Tx tx, KeyRow row) throws SQLException {
    String sql =
        """
        update tenant.host_key set state = ?, step = ?, grace_seconds = ?, untidy = ?,
          problem = ?, due_at = ?, version = ? + 1
        where tenant_id = ? and id = ? and version = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      bind(tx, update, row);
      update.setLong(10, row.key().version());
      if (update.executeUpdate() != 1) {
        throw new RookeryException(
            CommonErrors.CONFLICT, "Somebody else changed the key in between; look at it again");
      }
    }
  }

  private static void bind(Tx tx, PreparedStatement statement, KeyRow row) throws SQLException {
    SshKey key = row.key();
    statement.setString(1, word(key.state()));
    statement.setString(2, row.step() == null ? null : word(row.step()));
    statement.setLong(3, row.grace().toSeconds());
    statement.setBoolean(4, row.untidy());
    statement.setString(5, key.problem());
    statement.setObject(6, time(key.nextAt()));
    statement.setLong(7, key.version());
    statement.setObject(8, tx.context().tenantId());
    statement.setObject(9, key.id());
  }

  Optional<KeyRow> find(Tx tx, UUID id, boolean lock) throws SQLException {
    String sql = SELECT + " and id = ?" + (lock ? " for update" : "");
    return select(tx, sql, id).stream().findFirst();
  }

  List<KeyRow> ofHost(Tx tx, UUID hostId) throws SQLException {
    return select(tx, SELECT + " and host_id = ? order by role", hostId);
  }

  void delete(Tx tx, UUID id) throws SQLException {
    String sql = "delete from tenant.host_key where tenant_id = ? and id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      delete.executeUpdate();
    }
  }

  VersionStore versions() {
    return versions;
  }

  /** Returns keys of all tenants that are due, the longest overdue first. */
  List<DueKey> due(Connection system, Instant now, int limit) throws SQLException {
    String sql =
        "select tenant_id, id from tenant.host_key where due_at <= ? order by due_at limit ?";
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setObject(1, time(now));
      select.setInt(2, limit);
      try (ResultSet row = select.executeQuery()) {
        List<DueKey> due = new ArrayList<>();
        while (row.next()) {
          due.add(new DueKey(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
        }
        return due;
      }
    }
  }

  private List<KeyRow> select(Tx tx, String sql, UUID id) throws SQLException {
    List<KeyRow> rows = new ArrayList<>();
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          rows.add(row(row, List.of()));
        }
      }
    }
    List<KeyRow> whole = new ArrayList<>();
    for (KeyRow row : rows) {
      whole.add(row.with(versions.of(tx, row.key().id())));
    }
    return whole;
  }

  private static KeyRow row(ResultSet row, List<Version> none) throws SQLException {
    SshKey key =
        new SshKey(
            row.getObject("id", UUID.class),
            row.getObject("host_id", UUID.class),
            Role.valueOf(constant(row, "role")),
            row.getString("username"),
            Algorithm.valueOf(constant(row, "algorithm")),
            State.valueOf(constant(row, "state")),
            row.getInt("rotation_days"),
            none,
            row.getString("problem"),
            instant(row, "due_at"),
            instant(row, "created_at"),
            row.getLong("version"));
    String step = row.getString("step");
    return new KeyRow(
        key,
        step == null ? null : RotationStep.valueOf(step.toUpperCase(Locale.ROOT)),
        Duration.ofSeconds(row.getLong("grace_seconds")),
        row.getBoolean("untidy"));
  }

  static String constant(ResultSet row, String column) throws SQLException {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  static OffsetDateTime time(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
