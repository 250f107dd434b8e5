// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.link.MailedLink;
import io.rookery.tenancy.internal.people.store.LinkUses.Use;
import io.rookery.tenancy.internal.people.store.Sessions.Ended;
import io.rookery.tenancy.internal.people.store.Sessions.Reason;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/** Passwords that are set anew, with what that ends, in one transaction. */
public final class NewPasswords {

  private static final String SET =
      """
      update platform.user_account
      set password_hash = ?, password_set_at = ?, verified_at = coalesce(verified_at, ?)
      where id = ? and email_key = ? and (password_set_at is null or password_set_at < ?)
      """;

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public NewPasswords(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Sets a password by a link that was asked for after it was last set and that went to the present
   * address, which is verified thereby. Ends all sessions and whatever sign-in goes on, and calls a
   * change of the address off; returns the sessions, or empty where the link works no more.
   */
  public Optional<List<Ended>> set(MailedLink link, Use use, String emailKey, String hash) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection -> {
          // Before its use is noted: that refers to the account, which may go at the same time.
          if (!Accounts.lock(connection, use.userId())
              || !LinkUses.use(connection, link, use)
              || !set(connection, link, use, emailKey, hash)) {
            return Optional.empty();
          }
          EmailChanges.end(connection, use.userId(), use.at());
          Sql.update(
              connection, "delete from platform.sign_in_challenge where user_id = ?", use.userId());
          return Optional.of(
              Sessions.end(
                  connection, Reason.PASSWORD_SET, use.at(), "s.user_id = ?", use.userId()));
        });
  }

  private static boolean set(
      Connection connection, MailedLink link, Use use, String emailKey, String hash)
      throws SQLException {
    return Sql.update(
            connection, SET, hash, use.at(), use.at(), use.userId(), emailKey, link.causedAt())
        == 1;
  }
}
