// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.store;

import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.contacts.SuppressionService.Reason;
import io.rookery.api.contacts.SuppressionService.Suppression;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;

/** The suppressions' tables. */
public final class SuppressionStore {

  private static final String SELECT =
      "select id, is_domain, hint, reason, created_at from tenant.suppression where tenant_id = ?";

  // Each address is looked up by key in the two tables and among the contacts, whatever the sizes.
  private static final String BARRIERS =
      """
      select u.given, s.reason, coalesce(c.restricted, false) as restricted
      from (select ?::uuid as tenant_id) t
      cross join unnest(?::text[], ?::text[], ?::bytea[], ?::bytea[]) as u(given, normalised, address, domain)
      left join lateral (
        select reason from tenant.suppression
        where tenant_id = t.tenant_id and digest in (u.address, u.domain)
        union
        select 'MANUAL' from tenant.suppression
        where tenant_id = t.tenant_id and digest in (u.address, u.domain)
          and reason = 'UNSUBSCRIBE' and bars_all
        union
        select reason from platform.suppression where digest in (u.address, u.domain)) s on true
      left join lateral (
        select restricted from tenant.contact
        where tenant_id = t.tenant_id and email_normalised = u.normalised) c on true
      """;

  /**
   * Inserts a suppression or strengthens it; returns whether anything changed. What was set by hand
   * takes any other reason, so that it is not lifted by hand; what bars all mail goes on to.
   */
  public boolean upsert(Tx tx, Suppression wanted, byte[] digest) throws SQLException {
    return 1
        == Sql.update(
            tx,
            """
            insert into tenant.suppression as s
              (tenant_id, id, digest, is_domain, hint, reason, created_at, bars_all)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            on conflict (tenant_id, digest) do update
              set reason = case when s.reason = 'MANUAL' then excluded.reason else s.reason end,
                  bars_all = s.bars_all or excluded.bars_all
              where s.reason = 'MANUAL' and excluded.reason <> 'MANUAL'
                 or excluded.bars_all and not s.bars_all""",
            tx.context().tenantId(),
            wanted.id(),
            digest,
            wanted.domain(),
            wanted.hint(),
            wanted.reason(),
            wanted.createdAt(),
            wanted.reason() != Reason.UNSUBSCRIBE);
  }

  /** Returns the suppression of a digest, or empty. */
  public Optional<Suppression> byDigest(Tx tx, byte[] digest) throws SQLException {
    return Sql.first(
        tx, SuppressionStore::read, SELECT + " and digest = ?", tx.context().tenantId(), digest);
  }

  /** Returns a suppression and locks its row, or empty. */
  public Optional<Suppression> lock(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx, SuppressionStore::read, SELECT + " and id = ? for update", tx.context().tenantId(), id);
  }

  /** Removes a suppression. */
  public void delete(Tx tx, UUID id) throws SQLException {
    Sql.update(
        tx,
        "delete from tenant.suppression where tenant_id = ? and id = ?",
        tx.context().tenantId(),
        id);
  }

  /** Returns suppressions, newest first, beyond an id, which may be null. */
  public List<Suppression> list(Tx tx, UUID beyond, int limit) throws SQLException {
    return Sql.list(
        tx,
        SuppressionStore::read,
        SELECT + " and id < ? order by id desc limit ?",
        tx.context().tenantId(),
        beyond == null ? new UUID(-1, -1) : beyond,
        limit);
  }

  /** Returns whether one of two digests is suppressed for the tenant or on the whole platform. */
  public boolean any(Tx tx, byte[] address, byte[] domain) throws SQLException {
    return Sql.first(
            tx,
            row -> row.getBoolean(1),
            """
            select exists (select from tenant.suppression where tenant_id = ? and digest in (?, ?))
                or exists (select from platform.suppression where digest in (?, ?))""",
            tx.context().tenantId(),
            address,
            domain,
            address,
            domain)
        .orElseThrow();
  }

  /**
   * An address that is asked about: as it was given, in the form it is compared by, and digests.
   */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Asked(String given, String normalised, byte[] address, byte[] domain) {}

  /** Returns what stands against some addresses, by the address as it was given. */
  public Map<String, Barrier> barriers(Tx tx, List<Asked> asked) throws SQLException {
    Connection connection = tx.connection();
    Map<String, Set<Reason>> reasons = new HashMap<>();
    Set<String> restricted = new HashSet<>();
    try (PreparedStatement select = connection.prepareStatement(BARRIERS)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(
          2, connection.createArrayOf("text", column(asked, String[]::new, Asked::given)));
      select.setArray(
          3, connection.createArrayOf("text", column(asked, String[]::new, Asked::normalised)));
      select.setArray(
          4, connection.createArrayOf("bytea", column(asked, byte[][]::new, Asked::address)));
      select.setArray(
          5, connection.createArrayOf("bytea", column(asked, byte[][]::new, Asked::domain)));
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          String given = rows.getString("given");
          Set<Reason> known = reasons.computeIfAbsent(given, g -> EnumSet.noneOf(Reason.class));
          if (rows.getString("reason") != null) {
            known.add(Reason.valueOf(rows.getString("reason")));
          }
          if (rows.getBoolean("restricted")) {
            restricted.add(given);
          }
        }
      }
    }
    Map<String, Barrier> barriers = new HashMap<>();
    reasons.forEach(
        (given, known) -> {
          if (!known.isEmpty() || restricted.contains(given)) {
            barriers.put(given, new Barrier(known, restricted.contains(given)));
          }
        });
    return barriers;
  }

  /** The driver takes octets only in an array of their own type. */
  private static <T> T[] column(
      List<Asked> asked, IntFunction<T[]> array, Function<Asked, T> part) {
    return asked.stream().map(part).toArray(array);
  }

  /** Returns the normalised address of a contact, or empty. */
  public Optional<String> address(Tx tx, UUID contact) throws SQLException {
    return Sql.first(
        tx,
        row -> row.getString(1),
        "select email_normalised from tenant.contact where tenant_id = ? and id = ?",
        tx.context().tenantId(),
        contact);
  }

  /** An address that a contact had once. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  public record Former(byte[] digest, String hint) {}

  /** Returns the addresses that a contact had before, be it there or not. */
  public List<Former> former(Tx tx, UUID contact) throws SQLException {
    return Sql.list(
        tx,
        row -> new Former(row.getBytes("digest"), row.getString("hint")),
        "select digest, hint from tenant.former_address where tenant_id = ? and contact_id = ?",
        tx.context().tenantId(),
        contact);
  }

  /** Raises the version of the contact of an address, for the event's order; empty without one. */
  public Optional<Touched> touch(Tx tx, String normalised, UUID contact) throws SQLException {
    return Sql.first(
        tx,
        row -> new Touched(row.getObject(1, UUID.class), row.getLong(2)),
        """
        update tenant.contact set version = version + 1
        where tenant_id = ? and email_normalised = ? and (?::uuid is null or id = ?)
        returning id, version""",
        tx.context().tenantId(),
        normalised,
        contact,
        contact);
  }

  private static Suppression read(ResultSet row) throws SQLException {
    return new Suppression(
        row.getObject("id", UUID.class),
        row.getBoolean("is_domain"),
        row.getString("hint"),
        Reason.valueOf(row.getString("reason")),
        Sql.instant(row, "created_at"));
  }

  /** A contact whose version has risen. */
  public record Touched(UUID id, long version) {}
}
