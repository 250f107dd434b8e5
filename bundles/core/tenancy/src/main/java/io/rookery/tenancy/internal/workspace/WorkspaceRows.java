// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.workspace;

import io.rookery.api.tenancy.Workspace;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Workspaces, as rows of their tenant. */
public final class WorkspaceRows {

  private static final String SELECT =
      "select id, name, postal_address, created_at, archived_at, version from tenant.workspace"
          + " where tenant_id = ?";

  private static final String INSERT =
      "insert into tenant.workspace (name, name_key, postal_address, archived_at, version,"
          + " created_at, tenant_id, id) values (?, ?, ?, ?, ?, ?, ?, ?) on conflict do nothing";

  private static final String UPDATE =
      "update tenant.workspace set name = ?, name_key = ?, postal_address = ?, archived_at = ?,"
          + " version = ? where tenant_id = ? and id = ?";

  private WorkspaceRows() {}

  /** Writes the main workspace of a new tenant. */
  public static void insertMain(Tx tx, Instant now) throws SQLException {
    insert(tx, new Workspace(tx.context().tenantId(), "Main", null, true, now, null, 1));
  }

  /** Writes a workspace; returns false where its name is taken. */
  static boolean insert(Tx tx, Workspace workspace) throws SQLException {
    try (PreparedStatement insert = tx.connection().prepareStatement(INSERT)) {
      bind(insert, workspace);
      insert.setObject(6, workspace.createdAt().atOffset(ZoneOffset.UTC));
      insert.setObject(7, tx.context().tenantId());
      insert.setObject(8, workspace.id());
      return insert.executeUpdate() == 1;
    }
  }

  /** Writes a workspace that {@link #lock} returned; its name must not be taken. */
  static void update(Tx tx, Workspace workspace) throws SQLException {
    try (PreparedStatement update = tx.connection().prepareStatement(UPDATE)) {
      bind(update, workspace);
      update.setObject(6, tx.context().tenantId());
      update.setObject(7, workspace.id());
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Workspace workspace) throws SQLException {
    statement.setString(1, workspace.name());
    statement.setString(2, key(workspace.name()));
    statement.setString(3, workspace.postalAddress());
    if (workspace.archivedAt() == null) {
      statement.setNull(4, Types.TIMESTAMP_WITH_TIMEZONE);
    } else {
      statement.setObject(4, workspace.archivedAt().atOffset(ZoneOffset.UTC));
    }
    statement.setLong(5, workspace.version());
  }

  private static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** Returns workspaces by ascending id from beyond one that may be null. */
  static List<Workspace> list(Tx tx, UUID beyond, int limit) throws SQLException {
    String sql = SELECT + " and (?::uuid is null or id > ?::uuid) order by id limit ?";
    return read(tx, sql, beyond, beyond, limit);
  }

  static Optional<Workspace> find(Tx tx, UUID id) throws SQLException {
    return read(tx, SELECT + " and id = ?", id).stream().findFirst();
  }

  /** Holds a workspace against any change until the transaction ends. */
  static Optional<Workspace> lock(Tx tx, UUID id) throws SQLException {
    return read(tx, SELECT + " and id = ? for update", id).stream().findFirst();
  }

  /** Holds a workspace against being changed until the transaction ends, as others may, too. */
  static Optional<Workspace> share(Tx tx, UUID id) throws SQLException {
    return read(tx, SELECT + " and id = ? for share", id).stream().findFirst();
  }

  /**
   * Returns whether a workspace that is not archived has a name, another one than that of an id.
   */
  static boolean taken(Tx tx, String name, UUID other) throws SQLException {
    String sql = SELECT + " and name_key = ? and archived_at is null and id <> ?";
    return !read(tx, sql, key(name), other).isEmpty();
  }

  /** Counts those of some workspaces that the tenant has. */
  public static long known(Tx tx, Set<UUID> ids) throws SQLException {
    return read(tx, SELECT + " and id = any (?)", (Object) ids.toArray(UUID[]::new)).size();
  }

  /** Counts the workspaces that are not archived. */
  static long count(Tx tx) throws SQLException {
    String sql =
        "select count(*) from tenant.workspace where tenant_id = ? and archived_at is null";
    try (PreparedStatement query = tx.connection().prepareStatement(sql)) {
      query.setObject(1, tx.context().tenantId());
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  private static List<Workspace> read(Tx tx, String sql, Object... values) throws SQLException {
    try (PreparedStatement query = tx.connection().prepareStatement(sql)) {
      query.setObject(1, tx.context().tenantId());
      for (int i = 0; i < values.length; i++) {
        query.setObject(i + 2, values[i]);
      }
      List<Workspace> found = new ArrayList<>();
      try (ResultSet row = query.executeQuery()) {
        while (row.next()) {
          found.add(workspace(tx, row));
        }
      }
      return found;
    }
  }

  private static Workspace workspace(Tx tx, ResultSet row) throws SQLException {
    UUID id = row.getObject(1, UUID.class);
    return new Workspace(
        id,
        row.getString(2),
        row.getString(3),
        id.equals(tx.context().tenantId()),
        instant(row, 4),
        instant(row, 5),
        row.getLong(6));
  }

  private static Instant instant(ResultSet row, int column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
