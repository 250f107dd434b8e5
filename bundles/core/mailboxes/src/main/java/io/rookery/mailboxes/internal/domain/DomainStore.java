// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import io.rookery.api.mailboxes.SendingDomain.State;
import io.rookery.kernel.Tx;
import io.rookery.mailboxes.internal.domain.DomainRow.Times;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The table of domains. */
final class DomainStore {

  private static final String SELECT =
      """
      select id, workspace_id, name, state, return_path_host, tracking_host, selectors::text, checks::text,
             checked_at, verified_at, drifting_since, failing_at, due_at, created_at, version
      from tenant.domain where tenant_id = ?
      """;

  /** A domain that is due. */
  record DueDomain(UUID tenantId, UUID id) {}

  void insert(Tx tx, DomainRow row) throws SQLException {
    String sql =
        """
        insert into tenant.domain (state, selectors, checks, checked_at, verified_at,
          drifting_since, failing_at, due_at, version, tenant_id, id, name, return_path_host,
          tracking_host, created_at, workspace_id)
        values (?, ?::jsonb, ?::jsonb, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      bind(tx, insert, row);
      insert.setString(12, row.name());
      insert.setString(13, row.returnPathHost());
      insert.setString(14, row.trackingHost());
      insert.setObject(15, time(row.times().createdAt()));
      insert.setObject(16, row.workspaceId());
      insert.executeUpdate();
    }
  }

  void update(Tx tx, DomainRow row) throws SQLException {
    String sql =
        """
        update tenant.domain set state = ?, selectors = ?::jsonb, checks = ?::jsonb,
          checked_at = ?, verified_at = ?, drifting_since = ?, failing_at = ?, due_at = ?,
          version = ?
        where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      bind(tx, update, row);
      update.executeUpdate();
    }
  }

  private static void bind(Tx tx, PreparedStatement statement, DomainRow row) throws SQLException {
    Times times = row.times();
    statement.setString(1, row.state().name().toLowerCase(Locale.ROOT));
    statement.setString(2, DomainJson.write(row.selectors()));
    statement.setString(3, DomainJson.write(row.checks()));
    statement.setObject(4, time(times.checkedAt()));
    statement.setObject(5, time(times.verifiedAt()));
    statement.setObject(6, time(times.driftingSince()));
    statement.setObject(7, time(times.failingAt()));
    statement.setObject(8, time(times.dueAt()));
    statement.setLong(9, row.version());
    statement.setObject(10, tx.context().tenantId());
    statement.setObject(11, row.id());
  }

  private static OffsetDateTime time(Instant instant) {
    return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
  }

  Optional<DomainRow> find(Tx tx, UUID id, boolean lock) throws SQLException {
    String sql = SELECT + " and id = ?" + (lock ? " for update" : "");
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      return rows(select).stream().findFirst();
    }
  }

  /** Returns the tenant's domains among names, the longest name first. */
  List<DomainRow> named(Tx tx, List<String> names) throws SQLException {
    String sql = SELECT + " and name = any(?) order by length(name) desc";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(2, tx.connection().createArrayOf("text", names.toArray()));
      return rows(select);
    }
  }

  /** Returns whether the operator trusts the tenant with one of some names. */
  boolean isTrusted(Tx tx, List<String> names) throws SQLException {
    String sql =
        """
        select exists (select from tenant.domain_trust where tenant_id = ? and domain = any(?))
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(2, tx.connection().createArrayOf("text", names.toArray()));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  List<DomainRow> list(Tx tx, UUID beyond, int limit) throws SQLException {
    String sql = SELECT + " and id > ? order by id limit ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, beyond);
      select.setInt(3, limit);
      return rows(select);
    }
  }

  boolean delete(Tx tx, UUID id) throws SQLException {
    String sql = "delete from tenant.domain where tenant_id = ? and id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      return delete.executeUpdate() == 1;
    }
  }

  /**
   * Returns domains of all tenants whose next look is due, the longest overdue first.
   *
   * @param each how many there may be of one tenant, so that all have their turn
   */
  List<DueDomain> due(Connection system, Instant now, int each, int limit) throws SQLException {
    String sql =
        """
        select tenant_id, id
        from (select tenant_id, id, due_at,
                row_number() over (partition by tenant_id order by due_at) as its
              from tenant.domain where due_at <= ?) as due
        where its <= ? order by due_at limit ?
        """;
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setObject(1, time(now));
      select.setInt(2, each);
      select.setInt(3, limit);
      try (ResultSet row = select.executeQuery()) {
        List<DueDomain> due = new ArrayList<>();
        while (row.next()) {
          due.add(new DueDomain(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
        }
        return due;
      }
    }
  }

  private static List<DomainRow> rows(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<DomainRow> rows = new ArrayList<>();
      while (row.next()) {
        rows.add(
            new DomainRow(
                row.getObject("id", UUID.class),
                row.getObject("workspace_id", UUID.class),
                row.getString("name"),
                State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
                row.getString("return_path_host"),
                row.getString("tracking_host"),
                DomainJson.selectors(row.getString("selectors")),
                DomainJson.results(row.getString("checks")),
                times(row),
                row.getLong("version")));
      }
      return rows;
    }
  }

  private static Times times(ResultSet row) throws SQLException {
    return new Times(
        instant(row, "checked_at"),
        instant(row, "verified_at"),
        instant(row, "drifting_since"),
        instant(row, "failing_at"),
        instant(row, "due_at"),
        instant(row, "created_at"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
