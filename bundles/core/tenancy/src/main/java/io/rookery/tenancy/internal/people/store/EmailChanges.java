// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.link.MailedLink;
import io.rookery.tenancy.internal.people.store.LinkUses.Use;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/** Addresses that people want instead of theirs: of each person one at a time. */
public final class EmailChanges {

  /** For how long the former address is told of a change. */
  public static final Duration TOLD = Duration.ofDays(3);

  private static final String ADD =
      """
      insert into platform.email_change (id, user_id, former, email, email_key, asked_at)
      values (?, ?, ?, ?, ?, ?)
      """;
  private static final String ASKED =
      """
      select id from platform.email_change
      where user_id = ? and (id = ? or (ended_at is null and id > ?)) order by id limit 1
      """;
  private static final String AGAIN =
      """
      update platform.email_change set asked_at = ?
      where user_id = ? and email = ? and former = ? and ended_at is null returning id
      """;
  private static final String FIND =
      """
      select id, user_id, former, email, email_key, ended_at is null from platform.email_change
      where id = ?
      """;
  private static final String MOVE =
      """
      update platform.user_account u set email = c.email, email_key = c.email_key, verified_at = ?
      from platform.email_change c
      where c.id = ? and c.ended_at is null and u.id = c.user_id and u.email = c.former
      """;
  private static final String END =
      "update platform.email_change set ended_at = ? where user_id = ? and ended_at is null";

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public EmailChanges(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * A change.
   *
   * @param former the address that the account had when it was asked for
   * @param email the address that it is to have, and its key
   * @param pending whether it was neither made nor called off
   */
  public record EmailChange(
      UUID id, UUID userId, String former, String email, String emailKey, boolean pending) {}

  /**
   * Lets a change wait in place of the one that does. One to the same address goes on waiting, so
   * that links that are under way work. Repeated it changes nothing, also where another was asked
   * for since: ids tell which came first.
   *
   * @return the id of the change that waits, or empty where the account or the password that was
   *     seen has gone: a new password calls off what waits, and must do so with what comes late
   */
  public Optional<UUID> ask(EmailChange change, Seen seen, Instant now) {
    return call(
        connection -> {
          // Of two who ask at once one comes after the other.
          if (!Accounts.lock(connection, seen)) {
            return Optional.empty();
          }
          UUID user = change.userId();
          Optional<UUID> same = id(connection, ASKED, user, change.id(), change.id());
          if (same.isEmpty()) {
            same = id(connection, AGAIN, now, user, change.email(), change.former());
          }
          return same.isPresent() ? same : Optional.of(add(connection, change, now));
        });
  }

  private static Optional<UUID> id(Connection connection, String sql, Object... values)
      throws SQLException {
    return Sql.first(connection, sql, row -> row.getObject(1, UUID.class), values);
  }

  private static UUID add(Connection connection, EmailChange change, Instant now)
      throws SQLException {
    end(connection, change.userId(), now);
    Sql.update(
        connection,
        ADD,
        change.id(),
        change.userId(),
        change.former(),
        change.email(),
        change.emailKey(),
        now);
    return change.id();
  }

  /** Returns a change, made or not, or empty. */
  public Optional<EmailChange> find(UUID id) {
    return call(connection -> Sql.first(connection, FIND, EmailChanges::change, id));
  }

  private static EmailChange change(ResultSet row) throws SQLException {
    return new EmailChange(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getString(4),
        row.getString(5),
        row.getBoolean(6));
  }

  /**
   * Makes a change by its link; returns whether the link worked still.
   *
   * @throws io.rookery.kernel.RookeryException {@code conflict} where another account has the
   *     address, after which the link is not used
   */
  public boolean make(MailedLink link, Use use) {
    return call(
        connection -> {
          if (!Accounts.lock(connection, use.userId()) || !LinkUses.use(connection, link, use)) {
            return false;
          }
          boolean made = Sql.update(connection, MOVE, use.at(), link.subjectId()) == 1;
          end(connection, use.userId(), use.at());
          return made;
        });
  }

  /** Calls a person's change off, where one waits. */
  static void end(Connection connection, UUID userId, Instant now) throws SQLException {
    Sql.update(connection, END, now, userId);
  }

  /** Removes those of which nobody is told any more; returns how many. */
  public int sweep(Instant now) {
    return call(
        connection ->
            Sql.update(
                connection,
                "delete from platform.email_change where asked_at <= ?",
                now.minus(TOLD)));
  }

  private <R> R call(SystemWork<R> work) {
    return transactions.system(SystemPurpose.PEOPLE, work);
  }
}
