// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Role;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.token.FreshToken;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Sign-ins whose password was right and that still want a code. */
public final class Challenges {

  /** How many a person may have at a time. */
  private static final int MOST = 5;

  private static final String INSERT =
      """
      insert into platform.sign_in_challenge (digest, user_id, tenant_id, key_id, expires_at)
      values (?, ?, ?, ?, ?)
      """;
  private static final String BEYOND =
      """
      delete from platform.sign_in_challenge where digest in (
        select digest from platform.sign_in_challenge where user_id = ? and digest <> ?
        order by expires_at desc offset ?)
      """;
  private static final String FIND =
      """
      select c.digest, c.user_id, u.email_key, c.tenant_id, t.slug, m.role,
        u.password_set_at
      from platform.sign_in_challenge c
      join platform.user_account u on u.id = c.user_id
      join tenant.membership m on m.tenant_id = c.tenant_id and m.user_id = c.user_id
      join tenant.tenant t on t.tenant_id = m.tenant_id and t.id = m.tenant_id
      where c.digest = any(?) and c.expires_at > ?
      """;
  private static final String USE = "delete from platform.sign_in_challenge where digest = ?";
  private static final String SWEEP =
      "delete from platform.sign_in_challenge where expires_at <= ?";

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public Challenges(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Who is to be signed in to what. */
  public record Pending(byte[] digest, Seen seen, String emailKey, Place place) {

    /** Returns whose sign-in it is. */
    public UUID userId() {
      return seen.userId();
    }
  }

  /**
   * Keeps a challenge, and of a person the newest few; returns whether it did, as it does not where
   * the password was set anew since it was seen: that has called all challenges off.
   */
  public boolean add(Seen seen, UUID tenantId, FreshToken token) {
    return call(
        connection -> {
          if (!Accounts.lock(connection, seen)) {
            return false;
          }
          Sql.update(
              connection,
              INSERT,
              token.digest().digest(),
              seen.userId(),
              tenantId,
              token.digest().pepperId(),
              token.expiresAt());
          Sql.update(connection, BEYOND, seen.userId(), token.digest().digest(), MOST - 1);
          return true;
        });
  }

  /** Returns who is to be signed in by a challenge, or empty. */
  public Optional<Pending> find(List<byte[]> digests, Instant now) {
    return call(
        connection ->
            Sql.first(connection, FIND, Challenges::pending, digests.toArray(byte[][]::new), now));
  }

  /** Uses a challenge up; returns whether nobody had. */
  public boolean use(Pending pending) {
    return call(connection -> Sql.update(connection, USE, (Object) pending.digest())) == 1;
  }

  /** Removes what has expired; returns how many. */
  public int sweep(Instant now) {
    return call(connection -> Sql.update(connection, SWEEP, now));
  }

  private static Pending pending(ResultSet row) throws SQLException {
    Role role = Accounts.role(row, 6);
    return new Pending(
        row.getBytes(1),
        new Seen(row.getObject(2, UUID.class), Sql.instant(row, 7)),
        row.getString(3),
        new Place(row.getObject(4, UUID.class), row.getString(5), role));
  }

  private <R> R call(SystemWork<R> work) {
    return transactions.system(SystemPurpose.PEOPLE, work);
  }
}
