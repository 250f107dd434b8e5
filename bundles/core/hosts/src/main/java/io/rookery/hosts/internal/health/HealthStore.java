// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.health;

import io.rookery.api.hosts.HostCheck;
import io.rookery.api.hosts.HostCheck.Check;
import io.rookery.api.hosts.HostCheck.State;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** The table of what was seen of hosts, and when they are looked at next. */
final class HealthStore {

  /** A host that is due. */
  record DueHost(UUID tenantId, UUID id) {}

  /** How many checks stand how. */
  record Count(Check check, State state, long hosts) {}

  List<HostCheck> list(Tx tx, UUID hostId) throws SQLException {
    String sql =
        """
        select name, state, code, detail, checked_at, changed_at from tenant.host_check
        where tenant_id = ? and host_id = ?
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, hostId);
      Map<Check, HostCheck> found = new TreeMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Check check = Check.valueOf(constant(row, "name"));
          found.put(
              check,
              new HostCheck(
                  check,
                  State.valueOf(constant(row, "state")),
                  row.getString("code"),
                  row.getString("detail"),
                  row.getTimestamp("checked_at").toInstant(),
                  row.getTimestamp("changed_at").toInstant()));
        }
      }
      return List.copyOf(found.values());
    }
  }

  void put(Tx tx, UUID hostId, HostCheck check) throws SQLException {
    String sql =
        """
        insert into tenant.host_check (tenant_id, id, host_id, name, state, code, detail,
          checked_at, changed_at) values (?, ?, ?, ?, ?, ?, ?, ?, ?)
        on conflict (tenant_id, host_id, name) do update set state = excluded.state,
          code = excluded.code, detail = excluded.detail, checked_at = excluded.checked_at,
          changed_at = excluded.changed_at
        """;
    try (PreparedStatement put = tx.connection().prepareStatement(sql)) {
      put.setObject(1, tx.context().tenantId());
      put.setObject(2, Uuids.next());
      put.setObject(3, hostId);
      put.setString(4, word(check.check()));
      put.setString(5, word(check.state()));
      put.setString(6, check.code());
      put.setString(7, check.detail());
      put.setObject(8, check.checkedAt().atOffset(ZoneOffset.UTC));
      put.setObject(9, check.changedAt().atOffset(ZoneOffset.UTC));
      put.executeUpdate();
    }
  }

  /** Has a host looked at next at a time. */
  void lookAt(Tx tx, UUID hostId, Instant time) throws SQLException {
    String sql = "update tenant.host set look_at = ? where tenant_id = ? and id = ?";
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, time.atOffset(ZoneOffset.UTC));
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, hostId);
      update.executeUpdate();
    }
  }

  /** Returns hosts of all tenants that are due, the longest overdue first. */
  List<DueHost> due(Connection system, Instant now, int limit) throws SQLException {
    String sql =
        "select tenant_id, id from tenant.host where look_at <= ? order by look_at limit ?";
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setObject(1, now.atOffset(ZoneOffset.UTC));
      select.setInt(2, limit);
      List<DueHost> due = new ArrayList<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          due.add(new DueHost(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
        }
      }
      return due;
    }
  }

  /** Returns how many checks of all tenants stand how. */
  List<Count> counts(Connection system) throws SQLException {
    String sql = "select name, state, count(*) from tenant.host_check group by name, state";
    try (PreparedStatement select = system.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      List<Count> counts = new ArrayList<>();
      while (row.next()) {
        counts.add(
            new Count(
                Check.valueOf(constant(row, "name")),
                State.valueOf(constant(row, "state")),
                row.getLong(3)));
      }
      return counts;
    }
  }

  private static String constant(ResultSet row, String column) throws SQLException {
    return row.getString(column).toUpperCase(Locale.ROOT);
  }

  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }
}
