// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.alert;

import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.UUID;

/**
 * Counts in the log what the caller did to a subject, on whichever node. Whoever holds the turn of
 * caller and subject counts what everybody before has committed.
 */
final class Happened {

  private static final String TURN = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

  /** By id first, as the log is kept in days by its ids, and ids tell when an event was made. */
  private static final String COUNT =
      """
      select count(*) from tenant.event
      where tenant_id = ? and subject_id = ? and id >= ? and type = ? and actor = ?
        and occurred_at > ? and (?::text is null or data->>'reason' = ?)""";

  /** By how much clocks of nodes may differ. */
  private static final Duration SLACK = Duration.ofMinutes(10);

  private Happened() {}

  static void takeTurn(Tx tx, UUID subjectId) throws SQLException {
    try (PreparedStatement lock = tx.connection().prepareStatement(TURN)) {
      lock.setString(1, "secret alerts " + subjectId + " " + actor(tx));
      lock.execute();
    }
  }

  /**
   * Returns how many events of a type there are since a moment, of one reason or of any by null.
   */
  static int since(Tx tx, UUID subjectId, String type, Window window, Reason reason)
      throws SQLException {
    try (PreparedStatement count = tx.connection().prepareStatement(COUNT)) {
      String word = reason == null ? null : reason.word();
      count.setObject(1, tx.context().tenantId());
      count.setObject(2, subjectId);
      count.setObject(3, Uuids.floor(Instant.now().minus(window.length()).minus(SLACK)));
      count.setString(4, type);
      count.setString(5, actor(tx));
      count.setObject(6, window.end().minus(window.length()).atOffset(ZoneOffset.UTC));
      count.setString(7, word);
      count.setString(8, word);
      try (ResultSet row = count.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  private static String actor(Tx tx) {
    return tx.context().actor().kind().name().toLowerCase(Locale.ROOT)
        + ":"
        + tx.context().actor().id();
  }

  /** So long up to a moment. */
  record Window(Instant end, Duration length) {}
}
