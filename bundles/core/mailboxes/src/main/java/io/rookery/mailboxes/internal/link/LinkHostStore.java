// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.link;

import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.sql.Connection;
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

/** The table of link hosts. */
final class LinkHostStore {

  private static final String SELECT =
      """
      select id, host, domain_id, pointed_at, verified_at, ended_at, failing_since, trouble, due_at,
             created_at, version
      from tenant.link_host where tenant_id = ?
      """;

  /** A host that is due. */
  record DueHost(UUID tenantId, UUID id) {}

  /** Makes the host of a domain, or gives one that is left of a former domain to it. */
  void made(Tx tx, UUID domainId, String host, Instant now) throws SQLException {
    String sql =
        """
        insert into tenant.link_host (tenant_id, id, host, domain_id, due_at, created_at, version)
        values (?, ?, ?, ?, ?, ?, 1)
        on conflict (tenant_id, host) do update
          set domain_id = excluded.domain_id, due_at = excluded.due_at,
              version = link_host.version + 1
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, Uuids.next());
      insert.setString(3, host);
      insert.setObject(4, domainId);
      insert.setObject(5, time(now));
      insert.setObject(6, time(now));
      insert.executeUpdate();
    }
  }

  void update(Tx tx, LinkHostRow row) throws SQLException {
    String sql =
        """
        update tenant.link_host set pointed_at = ?, verified_at = ?, ended_at = ?,
          failing_since = ?, trouble = ?, due_at = ?, version = ?
        where tenant_id = ? and id = ?
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, time(row.pointedAt()));
      update.setObject(2, time(row.verifiedAt()));
      update.setObject(3, time(row.endedAt()));
      update.setObject(4, time(row.failingSince()));
      update.setString(5, row.trouble());
      update.setObject(6, time(row.dueAt()));
      update.setLong(7, row.version());
      update.setObject(8, tx.context().tenantId());
      update.setObject(9, row.id());
      update.executeUpdate();
    }
  }

  Optional<LinkHostRow> find(Tx tx, UUID id, boolean lock) throws SQLException {
    return rows(tx, " and id = ?" + (lock ? " for update" : ""), id).stream().findFirst();
  }

  Optional<LinkHostRow> ofDomain(Tx tx, UUID domainId) throws SQLException {
    return rows(tx, " and domain_id = ? for update", domainId).stream().findFirst();
  }

  Optional<LinkHostRow> named(Tx tx, String host) throws SQLException {
    return rows(tx, " and host = ?", host).stream().findFirst();
  }

  List<LinkHostRow> list(Tx tx) throws SQLException {
    return rows(tx, " order by host", null);
  }

  private static List<LinkHostRow> rows(Tx tx, String where, Object value) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(SELECT + where)) {
      select.setObject(1, tx.context().tenantId());
      if (value != null) {
        select.setObject(2, value);
      }
      try (ResultSet row = select.executeQuery()) {
        List<LinkHostRow> rows = new ArrayList<>();
        while (row.next()) {
          rows.add(row(row));
        }
        return rows;
      }
    }
  }

  private static LinkHostRow row(ResultSet row) throws SQLException {
    return new LinkHostRow(
        row.getObject("id", UUID.class),
        row.getString("host"),
        row.getObject("domain_id", UUID.class),
        instant(row, "pointed_at"),
        instant(row, "verified_at"),
        instant(row, "ended_at"),
        instant(row, "failing_since"),
        row.getString("trouble"),
        instant(row, "due_at"),
        instant(row, "created_at"),
        row.getLong("version"));
  }

  /** Returns the usable host for mail from one of some names, that of the longest name. */
  Optional<String> usable(Tx tx, List<String> names) throws SQLException {
    String sql =
        """
        select h.host from tenant.link_host h
        join tenant.domain d on d.tenant_id = h.tenant_id and d.id = h.domain_id
        where h.tenant_id = ? and d.name = any(?) and d.state = 'verified'
          and h.verified_at is not null
        order by length(d.name) desc limit 1
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(2, tx.connection().createArrayOf("text", names.toArray()));
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
      }
    }
  }

  /** Returns whether the domain of a host is there and verified. */
  boolean isCovered(Tx tx, UUID domainId) throws SQLException {
    String sql =
        """
        select exists (
          select from tenant.domain where tenant_id = ? and id = ? and state = 'verified')
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, domainId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /**
   * Returns hosts of all tenants whose next look is due, the longest overdue first.
   *
   * @param each how many there may be of one tenant, so that all have their turn
   */
  List<DueHost> due(Connection system, Instant now, int each, int limit) throws SQLException {
    String sql =
        """
        select tenant_id, id
        from (select tenant_id, id, due_at,
                row_number() over (partition by tenant_id order by due_at) as its
              from tenant.link_host where due_at <= ?) as due
        where its <= ? order by due_at limit ?
        """;
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setObject(1, time(now));
      select.setInt(2, each);
      select.setInt(3, limit);
      try (ResultSet row = select.executeQuery()) {
        List<DueHost> due = new ArrayList<>();
        while (row.next()) {
          due.add(new DueHost(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
        }
        return due;
      }
    }
  }

  boolean isPointed(Connection system, String host) throws SQLException {
    String sql =
        "select exists (select from tenant.link_host where host = ? and pointed_at is not null)";
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setString(1, host);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  List<String> pointed(Connection system) throws SQLException {
    String sql =
        "select distinct host from tenant.link_host where pointed_at is not null order by host";
    try (PreparedStatement select = system.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      List<String> hosts = new ArrayList<>();
      while (row.next()) {
        hosts.add(row.getString(1));
      }
      return hosts;
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
