// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.events.Event;
import io.rookery.events.internal.EventJson;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.UUID;

/** Reads events from rows of the log. */
public final class EventRows {

  /** The columns that an event is read from. */
  public static final String COLUMNS =
      "id, tenant_id, type, subject_id, subject_version, occurred_at, actor, request_id, data,"
          + " incarnation, xid";

  private static final EventJson JSON = new EventJson();

  private EventRows() {}

  /** Returns the event of the present row. */
  public static Event event(ResultSet row) throws SQLException {
    return new Event(
        row.getObject(1, UUID.class),
        row.getObject(2, UUID.class),
        row.getString(3),
        row.getObject(4, UUID.class),
        row.getLong(5),
        row.getObject(6, OffsetDateTime.class).toInstant(),
        row.getString(7),
        row.getString(8),
        JSON.read(row.getString(9)));
  }

  /** Returns the event of the present row and its place. */
  static LogEntry entry(ResultSet row) throws SQLException {
    Event event = event(row);
    long xid = Long.parseLong(row.getString(11));
    return new LogEntry(new LogPosition(row.getInt(10), xid, event.id()), event);
  }
}
