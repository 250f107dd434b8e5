// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Sign-ins that failed. An attempt is counted before its password is looked at and taken back where
 * it was right, so that many at once get no more tries than many in turn.
 */
public final class Failures {

  /** How long a failure counts. */
  public static final Duration WINDOW = Duration.ofMinutes(15);

  /** How long too many of them lock. */
  public static final Duration LOCK = Duration.ofMinutes(30);

  /** How many lock an account from one source. */
  public static final int MOST_FROM_A_SOURCE = 5;

  /** How many guard an account from wherever they come. */
  public static final int MOST = 10;

  private static final String RECENT = "(select count(*) from unnest(f.failed_at) t where t > ?)";
  private static final String ATTEMPT =
      """
      insert into platform.sign_in_failure as f (digest, account, failed_at, settled_at)
      values (?, ?, array[?::timestamptz], ?) on conflict (digest) do update set
        failed_at = array_append(
          array(select t from unnest(f.failed_at) t where t > ?), ?::timestamptz),
        locked_until = null,
        settled_at = excluded.settled_at
      where (f.locked_until is null or f.locked_until <= ?) and\s"""
          + RECENT
          + " < ?";
  private static final String LOCKED =
      "select locked_until from platform.sign_in_failure where digest = ?";
  private static final String LOCK_SOURCE =
      """
      update platform.sign_in_failure f set locked_until = ?, settled_at = ?
      where f.digest = ? and f.locked_until is null and\s"""
          + RECENT
          + " >= ?";
  private static final String COUNT =
      """
      insert into platform.sign_in_failure as f (digest, account, failed_at, settled_at)
      values (?, ?, array[?::timestamptz], ?) on conflict (digest) do update set
        failed_at = array_append(
          array(select t from unnest(f.failed_at) t where t > ? order by t desc limit ?),
          ?::timestamptz),
        settled_at = greatest(excluded.settled_at, f.locked_until)
      """;
  private static final String TAKE_BACK =
      """
      update platform.sign_in_failure f
      set failed_at = f.failed_at[:p.at - 1] || f.failed_at[p.at + 1:]
      from (select array_position(failed_at, ?::timestamptz) as at
            from platform.sign_in_failure where digest = ? for update) p
      where f.digest = ? and p.at is not null
      """;

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public Failures(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * Whose sign-in it is, by digests.
   *
   * @param account of the address
   * @param pair of the address and the source
   */
  public record Subject(byte[] account, byte[] pair) {}

  /**
   * What becomes of an attempt.
   *
   * @param admitted whether the password may be looked at
   * @param until when the source is locked till, or null
   * @param guarded whether too many failed for the account as a whole
   */
  public record Admission(boolean admitted, Instant until, boolean guarded) {}

  /** Counts an attempt and says whether it may go on. */
  public Admission attempt(Subject subject, Instant now) {
    return call(
        connection -> {
          boolean admitted = count(connection, subject, now);
          Instant guard = locked(connection, subject.account());
          Instant lock = admitted ? null : locked(connection, subject.pair());
          return new Admission(admitted, lock, guard != null && now.isBefore(guard));
        });
  }

  private static boolean count(Connection connection, Subject subject, Instant now)
      throws SQLException {
    Instant from = now.minus(WINDOW);
    return Sql.update(
            connection,
            ATTEMPT,
            subject.pair(),
            subject.account(),
            now,
            now.plus(WINDOW),
            from,
            now,
            now,
            from,
            MOST_FROM_A_SOURCE)
        == 1;
  }

  private static Instant locked(Connection connection, byte[] digest) throws SQLException {
    Optional<List<Instant>> found =
        Sql.first(
            connection,
            LOCKED,
            row -> {
              Instant until = Sql.instant(row, 1);
              return until == null ? List.<Instant>of() : List.of(until);
            },
            digest);
    return found.orElse(List.of()).stream().findFirst().orElse(null);
  }

  /**
   * What a failure led to.
   *
   * @param locked whether it locked the account from its source
   * @param guarded whether it guarded the account as a whole
   */
  public record Consequence(boolean locked, boolean guarded) {}

  /** Lets an attempt that was counted be a failure. */
  public Consequence fail(Subject subject, Instant now) {
    Instant until = now.plus(LOCK);
    return call(
        connection -> {
          Instant from = now.minus(WINDOW);
          boolean locked =
              Sql.update(
                      connection,
                      LOCK_SOURCE,
                      until,
                      until,
                      subject.pair(),
                      from,
                      MOST_FROM_A_SOURCE)
                  == 1;
          Sql.update(
              connection,
              COUNT,
              subject.account(),
              subject.account(),
              now,
              now.plus(WINDOW),
              from,
              MOST - 1,
              now);
          return new Consequence(locked, guard(connection, subject.account(), now));
        });
  }

  private static boolean guard(Connection connection, byte[] account, Instant now)
      throws SQLException {
    Instant until = now.plus(LOCK);
    return Sql.update(
            connection,
            "update platform.sign_in_failure f set locked_until = ?, settled_at = ?"
                + " where f.digest = ? and (f.locked_until is null or f.locked_until <= ?) and "
                + RECENT
                + " >= ?",
            until,
            until,
            account,
            now,
            now.minus(WINDOW),
            MOST)
        == 1;
  }

  /** Takes an attempt back that was no failure. */
  public void takeBack(Subject subject, Instant attempted) {
    call(
        connection -> Sql.update(connection, TAKE_BACK, attempted, subject.pair(), subject.pair()));
  }

  /** Forgets what failed from a source, as it has signed in. */
  public void succeed(Subject subject) {
    call(
        connection ->
            Sql.update(
                connection,
                "delete from platform.sign_in_failure where digest = ?",
                subject.pair()));
  }

  /** Forgets all that failed for an account, under any digest of its address. */
  public void unlock(List<byte[]> accounts) {
    call(connection -> unlock(connection, accounts));
  }

  static int unlock(Connection connection, List<byte[]> accounts) throws SQLException {
    return Sql.update(
        connection,
        "delete from platform.sign_in_failure where account = any(?)",
        (Object) accounts.toArray(byte[][]::new));
  }

  /** Removes what does not count any more; returns how many. */
  public int sweep(Instant now) {
    return call(
        connection ->
            Sql.update(
                connection, "delete from platform.sign_in_failure where settled_at <= ?", now));
  }

  private <R> R call(SystemWork<R> work) {
    return transactions.system(SystemPurpose.PEOPLE, work);
  }
}
