// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;

/**
 * How far the log may be read at a moment.
 *
 * @param incarnation the present life of the database
 * @param settled the transaction id below which every transaction has ended, so nothing can appear
 * @param unborn the transaction id that no transaction has reached yet
 * @param now the database's time
 */
record Bounds(int incarnation, long settled, long unborn, Instant now) {

  private static final String NOW =
      """
      select l.incarnation, pg_snapshot_xmin(s), pg_snapshot_xmax(s), clock_timestamp()
      from platform.log_incarnation l, pg_current_snapshot() s""";

  /** Asks the database as the platform; what is settled stays so, however late it is used. */
  static Bounds now(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(NOW)) {
      row.next();
      return new Bounds(
          row.getInt(1),
          Long.parseLong(row.getString(2)),
          Long.parseLong(row.getString(3)),
          row.getObject(4, OffsetDateTime.class).toInstant());
    }
  }
}
