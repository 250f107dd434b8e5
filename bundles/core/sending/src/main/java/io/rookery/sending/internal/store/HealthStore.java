// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.health.Counts;
import io.rookery.sending.internal.health.Subject;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/** The counts of what became of messages, in sets. */
public final class HealthStore {

  private static final String WANTED = "unnest(?::text[], ?::text[]) as w(scope, subject)";

  /** Where a message came from; taken where a server has accepted it. */
  public record Origin(UUID mailboxId, String host, boolean taken) {}

  /** How a subject is judged; the moment and what pauses it may be null. */
  public record Judged(Instant countedSince, String pausedBy) {}

  /** Counts to add to a stretch. */
  public record Increment(Subject subject, Instant since, Counts counts) {}

  /** Returns where messages came from; those that are gone are left out. */
  public Map<UUID, Origin> origins(Tx tx, Collection<UUID> messageIds) throws SQLException {
    String sql =
        """
        select id, lane_id, host, state = 'accepted' as taken from tenant.message
        where tenant_id = ? and id = any(?)
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(2, Rows.uuids(tx.connection(), messageIds));
      Map<UUID, Origin> origins = new HashMap<>();
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          origins.put(
              Rows.uuid(row, "id"),
              new Origin(
                  Rows.uuid(row, "lane_id"), row.getString("host"), row.getBoolean("taken")));
        }
      }
      return origins;
    }
  }

  /** Returns how subjects are judged; those of which nothing is known are left out. */
  public Map<Subject, Judged> judged(Tx tx, Collection<Subject> subjects) throws SQLException {
    String sql =
        """
        select c.scope, c.subject, c.counted_since, c.paused_by from %s
        cross join lateral (
          select * from tenant.mailboxes_counted_v1
          where tenant_id = ? and scope = w.scope and subject = w.subject limit 1) c
        """
            .formatted(WANTED);
    Map<Subject, Judged> judged = new HashMap<>();
    try (PreparedStatement select = wanted(tx, sql, subjects)) {
      select.setObject(3, tx.context().tenantId());
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          Judged found = new Judged(Rows.instant(row, "counted_since"), row.getString("paused_by"));
          judged.put(subject(row), found);
        }
      }
    }
    return judged;
  }

  /** Returns the sums of what was bad since a moment, of those subjects that have any. */
  public Map<Subject, Counts> bad(Tx tx, Collection<Subject> subjects, Instant since)
      throws SQLException {
    String sql =
        """
        select w.scope, w.subject, 0::bigint as sent, sum(h.bounced)::bigint as bounced,
               sum(h.complained)::bigint as complained
        from %s join tenant.sending_health h
          on h.tenant_id = ? and h.scope = w.scope and h.subject = w.subject and h.since > ?
            and (h.bounced > 0 or h.complained > 0)
        group by w.scope, w.subject
        """
            .formatted(WANTED);
    Map<Subject, Counts> sums = new HashMap<>();
    try (PreparedStatement select = wanted(tx, sql, subjects)) {
      select.setObject(3, tx.context().tenantId());
      select.setObject(4, Rows.at(since));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          sums.put(subject(row), counts(row));
        }
      }
    }
    return sums;
  }

  /** Returns subjects' stretches that began after a moment. */
  public Map<Subject, Map<Instant, Counts>> stretches(
      Tx tx, Collection<Subject> subjects, Instant since) throws SQLException {
    String sql =
        """
        select w.scope, w.subject, h.since, h.sent, h.bounced, h.complained
        from %s join tenant.sending_health h
          on h.tenant_id = ? and h.scope = w.scope and h.subject = w.subject and h.since > ?
        """
            .formatted(WANTED);
    Map<Subject, Map<Instant, Counts>> stretches = new HashMap<>();
    if (subjects.isEmpty()) {
      return stretches;
    }
    try (PreparedStatement select = wanted(tx, sql, subjects)) {
      select.setObject(3, tx.context().tenantId());
      select.setObject(4, Rows.at(since));
      try (ResultSet row = select.executeQuery()) {
        while (row.next()) {
          stretches
              .computeIfAbsent(subject(row), s -> new HashMap<>())
              .put(Rows.instant(row, "since"), counts(row));
        }
      }
    }
    return stretches;
  }

  /** Adds to stretches, each at most once in a call. */
  public void add(Tx tx, List<Increment> increments) throws SQLException {
    String sql =
        """
        insert into tenant.sending_health as h
          (tenant_id, id, scope, subject, since, sent, bounced, complained)
        select ?, u.id, u.scope, u.subject, u.since, u.sent, u.bounced, u.complained
        from unnest(?::uuid[], ?::text[], ?::text[], ?::timestamptz[], ?::bigint[], ?::bigint[],
                    ?::bigint[]) as u(id, scope, subject, since, sent, bounced, complained)
        order by u.scope, u.subject, u.since
        on conflict (tenant_id, scope, subject, since) do update set sent = h.sent + excluded.sent,
          bounced = h.bounced + excluded.bounced, complained = h.complained + excluded.complained
        """;
    Connection connection = tx.connection();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setArray(2, array(connection, "uuid", increments, i -> Uuids.next()));
      insert.setArray(3, array(connection, "text", increments, i -> i.subject().scope().word()));
      insert.setArray(4, array(connection, "text", increments, i -> i.subject().name()));
      insert.setArray(5, array(connection, "text", increments, i -> i.since().toString()));
      insert.setArray(6, array(connection, "int8", increments, i -> i.counts().sent()));
      insert.setArray(7, array(connection, "int8", increments, i -> i.counts().bounced()));
      insert.setArray(8, array(connection, "int8", increments, i -> i.counts().complained()));
      insert.executeUpdate();
    }
  }

  /** Removes up to a number of the tenant's stretches that began before a moment. */
  public int remove(Tx tx, Instant before, int limit) throws SQLException {
    String sql =
        """
        delete from tenant.sending_health where tenant_id = ? and id in (
          select id from tenant.sending_health where tenant_id = ? and since < ? limit ?)
        """;
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, tx.context().tenantId());
      delete.setObject(3, Rows.at(before));
      delete.setInt(4, limit);
      return delete.executeUpdate();
    }
  }

  /** Returns the tenants of which there are counts; for the platform's own role. */
  public List<UUID> tenants(Connection system) throws SQLException {
    String sql =
        """
        with recursive skip as (
          (select tenant_id from tenant.sending_health order by tenant_id limit 1)
          union all
          select (select h.tenant_id from tenant.sending_health h
                  where h.tenant_id > skip.tenant_id order by h.tenant_id limit 1)
          from skip where skip.tenant_id is not null)
        select tenant_id from skip where tenant_id is not null
        """;
    try (PreparedStatement select = system.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<UUID> tenants = new ArrayList<>();
      while (rows.next()) {
        tenants.add(Rows.uuid(rows, "tenant_id"));
      }
      return tenants;
    }
  }

  private static PreparedStatement wanted(Tx tx, String sql, Collection<Subject> subjects)
      throws SQLException {
    List<Subject> all = List.copyOf(subjects);
    PreparedStatement select = tx.connection().prepareStatement(sql);
    select.setArray(1, array(tx.connection(), "text", all, s -> s.scope().word()));
    select.setArray(2, array(tx.connection(), "text", all, Subject::name));
    return select;
  }

  private static <T> Array array(
      Connection connection, String type, List<T> items, Function<T, Object> part)
      throws SQLException {
    return connection.createArrayOf(type, items.stream().map(part).toArray());
  }

  private static Subject subject(ResultSet row) throws SQLException {
    String scope = row.getString("scope").toUpperCase(Locale.ROOT);
    return new Subject(Subject.Scope.valueOf(scope), row.getString("subject"));
  }

  private static Counts counts(ResultSet row) throws SQLException {
    return new Counts(row.getLong("sent"), row.getLong("bounced"), row.getLong("complained"));
  }
}
