// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.version;

import io.rookery.api.sending.BackendVersions.State;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** The table of backends' versions; for the platform's own role. */
final class VersionStore {

  /** Returns the choice of every backend by its name. */
  Map<String, VersionChoice> all(Connection system) throws SQLException {
    String sql =
        """
        select v.*, array(select tenant_id from platform.backend_version_tenant t
                          where t.backend = v.backend) as tenants
        from platform.backend_version v
        """;
    try (PreparedStatement select = system.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      Map<String, VersionChoice> choices = new HashMap<>();
      while (rows.next()) {
        VersionChoice choice = choice(rows);
        choices.put(choice.backend(), choice);
      }
      return choices;
    }
  }

  private static VersionChoice choice(ResultSet row) throws SQLException {
    return new VersionChoice(
        row.getString("backend"),
        row.getString("current"),
        row.getString("next"),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        row.getBoolean("everybody"),
        Set.copyOf(Arrays.asList((UUID[]) row.getArray("tenants").getArray())),
        row.getInt("return_above"),
        row.getString("reason"),
        row.getLong("revision"),
        row.getTimestamp("changed_at").toInstant());
  }

  /** Notes a backend that was not known; returns whether it was not. */
  boolean insert(Connection system, String backend, String version, Instant now)
      throws SQLException {
    String sql =
        """
        insert into platform.backend_version
          (backend, current, everybody, return_above, state, revision, changed_at)
        values (?, ?, false, 25, 'steady', 1, ?) on conflict do nothing
        """;
    try (PreparedStatement insert = system.prepareStatement(sql)) {
      insert.setString(1, backend);
      insert.setString(2, version);
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  /**
   * Puts a choice in the place of the one it was made from; returns whether that was still the
   * same.
   */
  boolean replace(Connection system, VersionChoice choice) throws SQLException {
    String sql =
        """
        update platform.backend_version set current = ?, next = ?, everybody = ?, return_above = ?,
          state = ?, reason = ?, revision = revision + 1, changed_at = ?
        where backend = ? and revision = ?
        """;
    try (PreparedStatement update = system.prepareStatement(sql)) {
      update.setString(1, choice.current());
      update.setString(2, choice.next());
      update.setBoolean(3, choice.everybody());
      update.setInt(4, choice.returnAbove());
      update.setString(5, choice.state().name().toLowerCase(Locale.ROOT));
      update.setString(6, choice.reason());
      update.setObject(7, choice.changedAt().atOffset(ZoneOffset.UTC));
      update.setString(8, choice.backend());
      update.setLong(9, choice.revision());
      if (update.executeUpdate() == 0) {
        return false;
      }
    }
    tenants(system, choice.backend(), choice.tenants());
    return true;
  }

  private static void tenants(Connection system, String backend, Collection<UUID> tenants)
      throws SQLException {
    String remove = "delete from platform.backend_version_tenant where backend = ?";
    try (PreparedStatement delete = system.prepareStatement(remove)) {
      delete.setString(1, backend);
      delete.executeUpdate();
    }
    String add = "insert into platform.backend_version_tenant select ?, unnest(?::uuid[])";
    try (PreparedStatement insert = system.prepareStatement(add)) {
      insert.setString(1, backend);
      insert.setArray(2, system.createArrayOf("uuid", tenants.toArray()));
      insert.executeUpdate();
    }
  }
}
