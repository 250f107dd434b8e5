// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;

/** How often links were asked for, for an address and from a source, within the last hour. */
public final class Asks {

  /** How long an ask counts. */
  public static final Duration WINDOW = Duration.ofHours(1);

  private static final int OF_AN_ACCOUNT = 3;
  private static final int FROM_A_SOURCE = 20;

  private static final String RECENT = "array(select t from unnest(a.asked_at) t where t > ?)";
  private static final String ASK =
      """
      insert into platform.link_ask as a (digest, asked_at, settled_at)
      values (?, array[?::timestamptz], ?) on conflict (digest) do update set
        asked_at = array_append("""
          + RECENT
          + """
          , ?::timestamptz),
        settled_at = excluded.settled_at
      where cardinality("""
          + RECENT
          + ") < ?";

  private final Transactions transactions;

  /** Works through the platform's transactions. */
  public Asks(Transactions transactions) {
    this.transactions = transactions;
  }

  /**
   * What becomes of an ask.
   *
   * @param fromSource whether the source may ask for another one
   * @param ofAccount whether another one may be mailed to the address
   */
  public record Admission(boolean fromSource, boolean ofAccount) {}

  /** Counts an ask where it is not one too many. */
  public Admission ask(byte[] account, byte[] source, Instant now) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection -> {
          boolean fromSource = count(connection, source, FROM_A_SOURCE, now);
          boolean ofAccount = fromSource && count(connection, account, OF_AN_ACCOUNT, now);
          return new Admission(fromSource, ofAccount);
        });
  }

  /** Counts an ask for an address alone; returns whether it is not one too many. */
  public boolean ask(byte[] account, Instant now) {
    return transactions.system(
        SystemPurpose.PEOPLE, connection -> count(connection, account, OF_AN_ACCOUNT, now));
  }

  private static boolean count(Connection connection, byte[] digest, int most, Instant now)
      throws SQLException {
    Instant from = now.minus(WINDOW);
    return Sql.update(connection, ASK, digest, now, now.plus(WINDOW), from, now, from, most) == 1;
  }

  /** Removes what does not count any more; returns how many. */
  public int sweep(Instant now) {
    return transactions.system(
        SystemPurpose.PEOPLE,
        connection ->
            Sql.update(connection, "delete from platform.link_ask where settled_at <= ?", now));
  }
}
