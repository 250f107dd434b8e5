// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Belonging;
import io.rookery.api.people.Origin;
import io.rookery.api.people.Role;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.store.Sessions.Ended;
import io.rookery.tenancy.internal.people.store.Sessions.Opening;
import io.rookery.tenancy.internal.people.store.Sessions.Reason;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
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
  private static final String OWNER =
      """
      select s.user_id, u.password_set_at from platform.session_token t
      join platform.user_session s on s.id = t.session_id
      join platform.user_account u on u.id = s.user_id
      where t.digest = any(?) and t.kind = 'refresh' and s.ended_at is null
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
   * @param refreshed whose session goes on, or the one that begins, or null
   * @param ended what was ended as the token came a second time, or as another session begins
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
          Optional<Found> found = lock(connection, digests);
          if (found.isEmpty() || !found.get().works(now)) {
            return refused(connection, found, now);
          }
          goOn(connection, found.get(), next, origin, now);
          return new Outcome(found.get().member(), List.of());
        });
  }

  /** Where somebody goes on: a tenant by its id or slug, and the session there. */
  public record Entry(UUID sessionId, String tenant, TokenPair tokens) {}

  /**
   * Ends the session of a token and begins another in its place, in another tenant, both or
   * neither; so a new password, which ends what there is, ends one of the two as well.
   *
   * @throws RookeryException {@code not_found} where the person is no member there; the token works
   *     still
   */
  public Outcome enter(List<byte[]> digests, Entry entry, Origin origin, Instant now) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection -> {
          Optional<Seen> owner = Sql.first(connection, OWNER, Families::seen, all(digests));
          // The account before its sessions, as everybody who holds both.
          boolean held = owner.isPresent() && Accounts.lock(connection, owner.get());
          Optional<Found> found = held ? lock(connection, digests) : Optional.empty();
          if (found.isEmpty() || !found.get().works(now)) {
            return refused(connection, found, now);
          }
          return enter(connection, new Leaving(owner.get(), found.get()), entry, origin, now);
        });
  }

  private record Leaving(Seen person, Found found) {}

  private static Outcome enter(
      Connection connection, Leaving from, Entry entry, Origin origin, Instant now)
      throws SQLException {
    Seen person = from.person();
    Belonging there =
        Accounts.belongings(connection, person.userId()).stream()
            .filter(
                one ->
                    entry.tenant().equals(one.slug())
                        || entry.tenant().equals(one.tenantId().toString()))
            .findFirst()
            .orElseThrow(() -> RookeryException.notFound("tenant"));
    UUID left = from.found().member().sessionId();
    List<Ended> ended =
        new ArrayList<>(Sessions.end(connection, Reason.SIGNED_OUT, now, "s.id = ?", left));
    Opening opening = new Opening(entry.sessionId(), person, there.tenantId(), origin, now);
    ended.addAll(Sessions.begin(connection, opening, entry.tokens()));
    return new Outcome(
        new Member(entry.sessionId(), person.userId(), there.tenantId(), there.role()), ended);
  }

  private static Seen seen(ResultSet row) throws SQLException {
    return new Seen(row.getObject(1, UUID.class), Sql.instant(row, 2));
  }

  private static Optional<Found> lock(Connection connection, List<byte[]> digests)
      throws SQLException {
    return Sql.first(connection, LOCK, Families::found, all(digests));
  }

  private static Object all(List<byte[]> digests) {
    return digests.toArray(byte[][]::new);
  }

  /** Ends the session where its token was used before. */
  private static Outcome refused(Connection connection, Optional<Found> found, Instant now)
      throws SQLException {
    boolean replayed = found.isPresent() && found.get().used();
    return new Outcome(
        null,
        replayed
            ? Sessions.end(
                connection, Reason.REPLAYED, now, "s.id = ?", found.get().member().sessionId())
            : List.of());
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

  private record Found(byte[] digest, boolean used, Instant expiresAt, Member member) {

    boolean works(Instant now) {
      return !used && now.isBefore(expiresAt);
    }
  }

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
