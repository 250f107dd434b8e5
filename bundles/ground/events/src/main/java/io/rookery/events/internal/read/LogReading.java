// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.events.EventReader;
import io.rookery.kernel.Uuids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Reads the log in the order of (incarnation, transaction, id), and of the present incarnation only
 * what transactions appended that are older than every open one: a later commit can then no longer
 * slip in behind the reader.
 */
final class LogReading {

  private static final long EVERY = Long.MAX_VALUE;

  private final Connection connection;
  private final Bounds bounds;
  private final Set<String> types;
  private final boolean wanted;
  private final int limit;

  /** Reads the events that a reader wants, so many at a time. */
  LogReading(Connection connection, Bounds bounds, EventReader reader, int limit) {
    this.connection = connection;
    this.bounds = bounds;
    this.wanted = !reader.types().isEmpty();
    this.types = wanted ? reader.types() : reader.except();
    this.limit = limit;
  }

  /** Reads what follows a place in the whole log; none of it was made before the floor, if any. */
  Block after(LogPosition place, Instant floor) throws SQLException {
    return after(place, floor, null);
  }

  /** Reads what follows a place in one tenant's part of the log. */
  Block after(LogPosition place, Instant floor, UUID tenantId) throws SQLException {
    LogPosition from = place;
    while (true) {
      boolean past = from.incarnation() < bounds.incarnation();
      List<LogEntry> entries = rows(from, past ? EVERY : bounds.settled(), floor, tenantId);
      if (entries.size() == limit) {
        return new Block(entries, entries.get(limit - 1).position(), bounds, true);
      }
      if (!past) {
        LogPosition end = LogPosition.before(bounds.incarnation(), bounds.settled());
        return new Block(entries, end.compareTo(from) < 0 ? from : end, bounds, false);
      }
      from = LogPosition.startOf(from.incarnation() + 1);
      if (!entries.isEmpty()) {
        return new Block(entries, from, bounds, true);
      }
    }
  }

  private List<LogEntry> rows(LogPosition from, long settled, Instant floor, UUID tenantId)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql(floor, tenantId))) {
      int index = 0;
      statement.setInt(++index, from.incarnation());
      statement.setString(++index, Long.toString(from.xid()));
      statement.setObject(++index, from.id());
      statement.setString(++index, Long.toString(settled));
      if (floor != null) {
        statement.setObject(++index, Uuids.floor(floor));
      }
      if (tenantId != null) {
        statement.setObject(++index, tenantId);
      }
      if (!types.isEmpty()) {
        statement.setArray(++index, connection.createArrayOf("text", types.toArray()));
      }
      statement.setInt(++index, limit);
      return entries(statement);
    }
  }

  /** The floor lets the planner leave out the partitions of days that have been read. */
  private String sql(Instant floor, UUID tenantId) {
    return "select "
        + EventRows.COLUMNS
        + " from tenant.event where incarnation = ?"
        + " and (xid, id) > (cast(? as text)::xid8, ?) and xid < cast(? as text)::xid8"
        + (floor == null ? "" : " and id >= ?")
        + (tenantId == null ? "" : " and tenant_id = ?")
        + (types.isEmpty() ? "" : wanted ? " and type = any (?)" : " and type <> all (?)")
        + " order by xid, id limit ?";
  }

  private static List<LogEntry> entries(PreparedStatement statement) throws SQLException {
    List<LogEntry> entries = new ArrayList<>();
    try (ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        entries.add(EventRows.entry(row));
      }
    }
    return entries;
  }
}
