// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Optional;

/** Where a reader is in the whole log; written by the holder of its lease alone. */
record CursorTable(Connection connection, String reader) {

  private static final String OPEN =
      """
      insert into platform.reader_cursor as c (reader, incarnation, xid, event_id, fence)
      values (?, ?, cast(? as text)::xid8, ?, ?)
      on conflict (reader) do update set fence = excluded.fence where c.fence <= excluded.fence
      returning c.incarnation, c.xid, c.event_id, c.floor_at""";
  private static final String SAVE =
      """
      update platform.reader_cursor
      set incarnation = ?, xid = cast(? as text)::xid8, event_id = ?, floor_at = ?
      where reader = ? and fence = ?""";

  /** A cursor as it was kept. */
  record Kept(LogPosition position, Instant floor) {}

  /** Takes the cursor over from any former holder; empty where a later one has done so. */
  Optional<Kept> open(long fence) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OPEN)) {
      statement.setString(1, reader);
      statement.setInt(2, LogPosition.START.incarnation());
      statement.setString(3, Long.toString(LogPosition.START.xid()));
      statement.setObject(4, LogPosition.START.id());
      statement.setLong(5, fence);
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        OffsetDateTime floor = row.getObject(4, OffsetDateTime.class);
        Instant since = floor == null ? null : floor.toInstant();
        return Optional.of(new Kept(Positions.read(row, 1), since));
      }
    }
  }

  /** Moves the cursor; returns false where another holder has taken it over. */
  boolean save(long fence, LogPosition position, Instant floor) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SAVE)) {
      statement.setInt(1, position.incarnation());
      statement.setString(2, Long.toString(position.xid()));
      statement.setObject(3, position.id());
      statement.setObject(4, floor == null ? null : floor.atOffset(ZoneOffset.UTC));
      statement.setString(5, reader);
      statement.setLong(6, fence);
      return statement.executeUpdate() > 0;
    }
  }
}
