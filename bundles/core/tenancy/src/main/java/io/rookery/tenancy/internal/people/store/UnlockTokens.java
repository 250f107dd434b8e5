// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.token.FreshToken;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Links that unlock an account. Of one account only the newest works. */
public final class UnlockTokens {

  private static final String INSERT =
      """
      insert into platform.unlock_token (digest, user_id, key_id, expires_at)
      values (?, ?, ?, ?)
      """;
  private static final String USE =
      """
      delete from platform.unlock_token t using platform.user_account u
      where t.digest = any(?) and t.expires_at > ? and u.id = t.user_id
      returning u.id, u.email_key
      """;

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public UnlockTokens(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Whose account it is. */
  public record Owner(UUID userId, String emailKey) {}

  /** Keeps a new token in place of older ones. */
  public void replace(UUID userId, FreshToken token) {
    transactions.system(
        SystemPurpose.PEOPLE,
        connection ->
            Sql.update(connection, "delete from platform.unlock_token where user_id = ?", userId)
                + Sql.update(
                    connection,
                    INSERT,
                    token.digest().digest(),
                    userId,
                    token.digest().pepperId(),
                    token.expiresAt()));
  }

  /** Uses a token up; returns whose account it unlocks, or empty. */
  public Optional<Owner> use(List<byte[]> digests, Instant now) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection ->
            Sql.first(
                connection,
                USE,
                row -> new Owner(row.getObject(1, UUID.class), row.getString(2)),
                digests.toArray(byte[][]::new),
                now));
  }

  /** Removes what has expired; returns how many. */
  public int sweep(Instant now) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection ->
            Sql.update(connection, "delete from platform.unlock_token where expires_at <= ?", now));
  }
}
