// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Origin;
import io.rookery.api.people.Session;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Sessions, and how they end. */
public final class Sessions {

  /** How many sessions a person has at most. */
  public static final int MOST = 5;

  private static final Duration KEPT = Duration.ofDays(30);
  private static final String OPEN =
      """
      insert into platform.user_session
        (id, user_id, tenant_id, address, client, created_at, seen_at, expires_at)
      values (?, ?, ?, ?, ?, ?, ?, ?)
      """;
  private static final String ENDED =
      "update platform.user_session s set ended_at = ?, end_reason = ? where s.ended_at is null and ";
  private static final String RETURNING = " returning s.id, s.user_id, s.tenant_id";
  private static final String BEYOND =
      """
      s.id in (select o.id from platform.user_session o
        where o.user_id = ? and o.ended_at is null and o.expires_at > ?
        order by o.created_at desc, o.id desc offset ?)""";
  private static final String LIST =
      """
      select id, tenant_id, address, client, created_at, seen_at, expires_at
      from platform.user_session where user_id = ? and ended_at is null and expires_at > ?
      order by created_at desc, id desc
      """;
  private static final String FAMILIAR =
      """
      (select from platform.user_session
       where user_id = ? and address = ? and created_at > ? limit 1)
      union all
      (select from platform.link_use
       where user_id = ? and address = ? and used_at > ? limit 1)
      """;
  private static final String SWEEP =
      "delete from platform.user_session where expires_at < ? or ended_at < ?";

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public Sessions(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Why a session ended. */
  public enum Reason {
    /** The person signed out or ended it from elsewhere. */
    SIGNED_OUT,
    /** The person began more sessions than there may be. */
    DISPLACED,
    /** A refresh token came a second time. */
    REPLAYED,
    /** The person is no member any more. */
    REMOVED,
    /** The password was set anew. */
    PASSWORD_SET;

    /** Returns the reason as rows and events have it. */
    public String wire() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A session that has ended just now. */
  public record Ended(UUID id, UUID userId, UUID tenantId, Reason reason) {}

  /** A session that begins. */
  public record Opening(UUID id, Seen seen, UUID tenantId, Origin origin, Instant now) {}

  /**
   * Begins a session, and ends the oldest where there are too many; returns those, or empty where
   * none begins, as the password was set anew since it was seen: that has ended all sessions.
   */
  public Optional<List<Ended>> open(Opening opening, TokenPair tokens) {
    return call(
        connection ->
            // Sessions of one person begin one after the other, else two could both be the fifth.
            Accounts.lock(connection, opening.seen())
                ? Optional.of(begin(connection, opening, tokens))
                : Optional.empty());
  }

  /** Begins one of somebody whose account is locked. */
  static List<Ended> begin(Connection connection, Opening opening, TokenPair tokens)
      throws SQLException {
    UUID userId = opening.seen().userId();
    Sql.update(
        connection,
        OPEN,
        opening.id(),
        userId,
        opening.tenantId(),
        opening.origin().address(),
        opening.origin().client(),
        opening.now(),
        opening.now(),
        tokens.refresh().expiresAt());
    tokens.insert(connection, opening.id());
    return end(connection, Reason.DISPLACED, opening.now(), BEYOND, userId, opening.now(), MOST);
  }

  /** Returns the sessions of a person that have not ended, newest first. */
  public List<Session> list(UUID userId, Instant now) {
    return call(connection -> Sql.list(connection, LIST, Sessions::session, userId, now));
  }

  /** Ends a session of a person; returns it where it had not ended before. */
  public List<Ended> end(UUID userId, UUID id, Reason reason, Instant now) {
    return call(
        connection -> end(connection, reason, now, "s.user_id = ? and s.id = ?", userId, id));
  }

  /** Ends the sessions that a person has in a tenant. */
  public List<Ended> endIn(UUID tenantId, UUID userId, Reason reason, Instant now) {
    return call(
        connection ->
            end(connection, reason, now, "s.user_id = ? and s.tenant_id = ?", userId, tenantId));
  }

  /** Returns whether a person ever had a session by this id that is still remembered. */
  public boolean known(UUID userId, UUID id) {
    return call(
        connection ->
            Sql.first(
                    connection,
                    "select id from platform.user_session where user_id = ? and id = ?",
                    row -> true,
                    userId,
                    id)
                .isPresent());
  }

  /**
   * Returns whether a person has signed in from an address lately, or has used a mailed link there
   * just now.
   */
  public boolean familiar(UUID userId, String address, Instant now) {
    return call(
        connection ->
            Sql.first(
                    connection,
                    FAMILIAR,
                    row -> true,
                    userId,
                    address,
                    now.minus(KEPT),
                    userId,
                    address,
                    now.minus(LinkUses.TRUSTED))
                .isPresent());
  }

  /** Removes what has expired or ended a month ago; returns how many. */
  public int sweep(Instant now) {
    return call(connection -> Sql.update(connection, SWEEP, now, now.minus(KEPT)));
  }

  static List<Ended> end(
      Connection connection, Reason reason, Instant now, String which, Object... values)
      throws SQLException {
    Object[] all = new Object[values.length + 2];
    all[0] = now;
    all[1] = reason.wire();
    System.arraycopy(values, 0, all, 2, values.length);
    return Sql.list(
        connection,
        ENDED + which + RETURNING,
        row ->
            new Ended(
                row.getObject(1, UUID.class),
                row.getObject(2, UUID.class),
                row.getObject(3, UUID.class),
                reason),
        all);
  }

  private static Session session(ResultSet row) throws SQLException {
    return new Session(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getString(4),
        Sql.instant(row, 5),
        Sql.instant(row, 6),
        Sql.instant(row, 7));
  }

  private <R> R call(SystemWork<R> work) {
    return transactions.system(SystemPurpose.PEOPLE, work);
  }
}
