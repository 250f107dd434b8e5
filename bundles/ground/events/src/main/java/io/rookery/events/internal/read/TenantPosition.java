// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;

/**
 * A reader's position in one tenant's events, locked for the transaction: whoever else applies
 * events of the same reader and tenant waits, and then sees what has been applied.
 */
final class TenantPosition {

  private static final String INSERT =
      """
      insert into tenant.reader_position (tenant_id, id, reader, incarnation, xid, event_id)
      values (?, ?, ?, ?, cast(? as text)::xid8, ?) on conflict (tenant_id, reader) do nothing""";
  private static final String LOCK =
      """
      select incarnation, xid, event_id from tenant.reader_position
      where tenant_id = ? and reader = ? for update""";
  private static final String MOVE =
      """
      update tenant.reader_position
      set incarnation = ?, xid = cast(? as text)::xid8, event_id = ?
      where tenant_id = ? and reader = ?""";

  private final Tx tx;
  private final String reader;
  private final LogPosition position;

  private TenantPosition(Tx tx, String reader, LogPosition position) {
    this.tx = tx;
    this.reader = reader;
    this.position = position;
  }

  /** Waits for the position and locks it. */
  static TenantPosition lock(Tx tx, String reader) throws SQLException {
    Optional<LogPosition> known = read(tx, reader);
    if (known.isEmpty()) {
      insert(tx, reader);
      known = read(tx, reader);
    }
    return new TenantPosition(tx, reader, known.orElseThrow());
  }

  LogPosition position() {
    return position;
  }

  void move(LogPosition to) throws SQLException {
    try (PreparedStatement statement = tx.connection().prepareStatement(MOVE)) {
      statement.setInt(1, to.incarnation());
      statement.setString(2, Long.toString(to.xid()));
      statement.setObject(3, to.id());
      statement.setObject(4, tx.context().tenantId());
      statement.setString(5, reader);
      statement.executeUpdate();
    }
  }

  private static Optional<LogPosition> read(Tx tx, String reader) throws SQLException {
    try (PreparedStatement statement = tx.connection().prepareStatement(LOCK)) {
      statement.setObject(1, tx.context().tenantId());
      statement.setString(2, reader);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? Optional.of(Positions.read(row, 1)) : Optional.empty();
      }
    }
  }

  private static void insert(Tx tx, String reader) throws SQLException {
    Connection connection = tx.connection();
    try (PreparedStatement statement = connection.prepareStatement(INSERT)) {
      statement.setObject(1, tx.context().tenantId());
      statement.setObject(2, Uuids.next());
      statement.setString(3, reader);
      statement.setInt(4, LogPosition.START.incarnation());
      statement.setString(5, Long.toString(LogPosition.START.xid()));
      statement.setObject(6, LogPosition.START.id());
      statement.executeUpdate();
    }
  }
}
