// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The tenants that a reader has to catch up with, and when to try each again. */
record BehindTable(Connection connection, String reader) {

  private static final String PUT =
      """
      insert into platform.reader_behind as b
        (reader, tenant_id, floor_at, attempts, next_try_at, error)
      values (?, ?, ?, ?, clock_timestamp() + ? * interval '1 millisecond', ?)
      on conflict (reader, tenant_id) do update set attempts = excluded.attempts,
        next_try_at = excluded.next_try_at, error = excluded.error""";
  private static final String DUE =
      """
      select tenant_id, floor_at, attempts from platform.reader_behind
      where reader = ? and next_try_at <= clock_timestamp() order by next_try_at limit ?""";

  /** A tenant to catch up with. */
  record Behind(UUID tenantId, Instant floor, int attempts) {}

  /** Notes a tenant, or that it failed once more, or with no attempts that it got on. */
  void put(Behind tenant, Duration wait, String error) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(PUT)) {
      statement.setString(1, reader);
      statement.setObject(2, tenant.tenantId());
      Instant floor = tenant.floor();
      statement.setObject(3, floor == null ? null : floor.atOffset(ZoneOffset.UTC));
      statement.setInt(4, tenant.attempts());
      statement.setLong(5, wait.toMillis());
      statement.setString(6, error);
      statement.executeUpdate();
    }
  }

  void remove(UUID tenantId) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "delete from platform.reader_behind where reader = ? and tenant_id = ?")) {
      statement.setString(1, reader);
      statement.setObject(2, tenantId);
      statement.executeUpdate();
    }
  }

  Set<UUID> all() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "select tenant_id from platform.reader_behind where reader = ?")) {
      statement.setString(1, reader);
      Set<UUID> tenants = new HashSet<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          tenants.add(row.getObject(1, UUID.class));
        }
      }
      return tenants;
    }
  }

  List<Behind> due(int limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DUE)) {
      statement.setString(1, reader);
      statement.setInt(2, limit);
      List<Behind> due = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          OffsetDateTime floor = row.getObject(2, OffsetDateTime.class);
          Instant from = floor == null ? null : floor.toInstant();
          due.add(new Behind(row.getObject(1, UUID.class), from, row.getInt(3)));
        }
      }
      return due;
    }
  }
}
