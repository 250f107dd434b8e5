// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal;

import io.rookery.api.hosts.Host;
import io.rookery.api.hosts.HostKey;
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
import java.util.UUID;

/** The table of hosts. */
public final class HostStore {

  private static final String SELECT =
      """
      select id, name, address, port, key_type, fingerprint, pinned_at, created_at, version
      from tenant.host where tenant_id = ?
      """;

  void insert(Tx tx, Host host) throws SQLException {
    String sql =
        """
        insert into tenant.host (name, address, port, key_type, fingerprint, pinned_at, version,
          tenant_id, id, created_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      bind(tx, insert, host);
      insert.setObject(10, time(host.createdAt()));
      insert.executeUpdate();
    }
  }

  void update(Tx tx, Host host) throws SQLException {
    String sql =
        """
        update tenant.host set name = ?, address = ?, port = ?, key_type = ?, fingerprint = ?,
          pinned_at = ?, version = ? where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      bind(tx, update, host);
      update.executeUpdate();
    }
  }

  private static void bind(Tx tx, PreparedStatement statement, Host host) throws SQLException {
    HostKey key = host.hostKey();
    statement.setString(1, host.name());
    statement.setString(2, host.address());
    statement.setInt(3, host.port());
    statement.setString(4, key == null ? null : key.type());
    statement.setString(5, key == null ? null : key.fingerprint());
    statement.setObject(6, time(host.pinnedAt()));
    statement.setLong(7, host.version());
    statement.setObject(8, tx.context().tenantId());
    statement.setObject(9, host.id());
  }

  /** Returns a host, its row locked where asked for. */
  public Optional<Host> find(Tx tx, UUID id, boolean lock) throws SQLException {
    String sql = SELECT + " and id = ?" + (lock ? " for update" : "");
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      return rows(select).stream().findFirst();
    }
  }

  List<Host> list(Tx tx, UUID beyond, int limit) throws SQLException {
    String sql = SELECT + " and id > ? order by id limit ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, beyond);
      select.setInt(3, limit);
      return rows(select);
    }
  }

  boolean delete(Tx tx, UUID id) throws SQLException {
    String sql = "delete from tenant.host where tenant_id = ? and id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      return delete.executeUpdate() == 1;
    }
  }

  private static List<Host> rows(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<Host> rows = new ArrayList<>();
      while (row.next()) {
        String fingerprint = row.getString("fingerprint");
        rows.add(
            new Host(
                row.getObject("id", UUID.class),
                row.getString("name"),
                row.getString("address"),
                row.getInt("port"),
                fingerprint == null ? null : new HostKey(row.getString("key_type"), fingerprint),
                instant(row, "pinned_at"),
                instant(row, "created_at"),
                row.getLong("version")));
      }
      return rows;
    }
  }

  private static OffsetDateTime time(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
