// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Origin;
import io.rookery.api.people.Role;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.store.Sessions.Ended;
import io.rookery.tenancy.internal.people.store.Sessions.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The refresh tokens of a session, each of which is used up by the next. Who comes second with one
 * ends the session: either of the two stole it (RFC 9700 §4.14.2).
 */
public final class Families {

  private static final String LOCK =
      """
      select t.digest, t.used_at, t.expires_at, s.id, s.user_id, s.tenant_id, m.role
      from platform.session_token t
      join platform.user_session s on s.id = t.session_id
      join tenant.membership m on m.tenant_id = s.tenant_id and m.user_id = s.user_id
      where t.digest = any(?) and t.kind = 'refresh' and s.ended_at is null
      for update of s, t
      """;
  private static final String USE =
      "update platform.session_token set used_at = ? where digest = ?";
  private static final String SEEN =
      """
      update platform.user_session set seen_at = ?, address = ?, client = ?, expires_at = ?
      where id = ?
      """;
  private static final String OVER =
      "delete from platform.session_token where session_id = ? and expires_at <= ?";

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public Families(Transactions transactions) {
    this.transactions = transactions;
  }

  /** A session, and what its person is in the tenant. */
  public record Member(UUID sessionId, UUID userId, UUID tenantId, Role role) {}

  /**
   * What came of a token.
   *
   * @param refreshed whose session goes on, or null
   * @param ended what was ended as the token came a second time
   */
  public record Outcome(Member refreshed, List<Ended> ended) {}

  /**
   * Uses a token up and keeps its successors. Of several who come with it at once the database lets
   * one go first; the next one finds it used.
   */
  public Outcome use(List<byte[]> digests, TokenPair next, Origin origin, Instant now) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection -> {
          Optional<Found> found =
              Sql.first(connection, LOCK, Families::found, (Object) digests.toArray(byte[][]::new));
          if (found.isEmpty()) {
            return new Outcome(null, List.of());
          }
          UUID session = found.get().member().sessionId();
          if (found.get().used()) {
            return new Outcome(
                null, Sessions.end(connection, Reason.REPLAYED, now, "s.id = ?", session));
          }
          if (!now.isBefore(found.get().expiresAt())) {
            return new Outcome(null, List.of());
          }
          goOn(connection, found.get(), next, origin, now);
          return new Outcome(found.get().member(), List.of());
        });
  }

  private static void goOn(
      Connection connection, Found found, TokenPair next, Origin origin, Instant now)
      throws SQLException {
    UUID session = found.member().sessionId();
    Sql.update(connection, USE, now, found.digest());
    Sql.update(connection, OVER, session, now);
    Sql.update(
        connection,
        SEEN,
        now,
        origin.address(),
        origin.client(),
        next.refresh().expiresAt(),
        session);
    next.insert(connection, session);
  }

  private record Found(byte[] digest, boolean used, Instant expiresAt, Member member) {}

  private static Found found(ResultSet row) throws SQLException {
    return new Found(
        row.getBytes(1),
        row.getObject(2) != null,
        Sql.instant(row, 3),
        new Member(
            row.getObject(4, UUID.class),
            row.getObject(5, UUID.class),
            row.getObject(6, UUID.class),
            Accounts.role(row, 7)));
  }
}
