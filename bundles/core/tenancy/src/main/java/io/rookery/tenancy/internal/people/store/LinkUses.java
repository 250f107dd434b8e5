// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.link.MailedLink;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** That mailed links were used: all that is kept of them, until they would have expired. */
public final class LinkUses {

  /** For how long nobody's failures keep a person out who has just used a link. */
  public static final Duration TRUSTED = Duration.ofMinutes(30);

  private static final String USE =
      """
      insert into platform.link_use (id, user_id, kind, address, used_at, expires_at)
      values (?, ?, ?, ?, ?, ?) on conflict (id) do nothing
      """;

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public LinkUses(Transactions transactions) {
    this.transactions = transactions;
  }

  /** Who uses a link, from where and when. */
  public record Use(UUID userId, String address, Instant at) {}

  /** Uses a link up and verifies the address of its account, if that still has it. */
  public boolean verify(MailedLink link, Use use, String emailKey) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection ->
            Accounts.verified(connection, use.userId(), emailKey, use.at())
                && use(connection, link, use));
  }

  /** Does the same and lifts all locks of the account, under any digest of its address. */
  public boolean unlock(MailedLink link, Use use, String emailKey, List<byte[]> accounts) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection -> {
          boolean used =
              Accounts.verified(connection, use.userId(), emailKey, use.at())
                  && use(connection, link, use);
          if (used) {
            Failures.unlock(connection, accounts);
          }
          return used;
        });
  }

  /** Uses a link up together with what it does; returns whether nobody had before. */
  static boolean use(Connection connection, MailedLink link, Use use) throws SQLException {
    Instant trusted = use.at().plus(TRUSTED);
    Instant kept = link.expiresAt().isAfter(trusted) ? link.expiresAt() : trusted;
    return Sql.update(
            connection,
            USE,
            link.id(),
            use.userId(),
            link.kind().page(),
            use.address(),
            use.at(),
            kept)
        == 1;
  }

  /** Removes what has expired; returns how many. */
  public int sweep(Instant now) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection ->
            Sql.update(connection, "delete from platform.link_use where expires_at <= ?", now));
  }
}
