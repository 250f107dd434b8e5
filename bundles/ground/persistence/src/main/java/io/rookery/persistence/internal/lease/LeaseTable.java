// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.lease;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalLong;

/** The SQL of leases. All times are the database's. */
final class LeaseTable {

  private static final String LIVING =
      "exists (select from platform.living_node_v1 n where n.id = ";

  private static final String RENEW =
      "update platform.node set renewed_at = clock_timestamp() where id = ? and "
          + LIVING
          + "node.id)";
  private static final String REGISTER =
      "insert into platform.node (id, started_at, renewed_at)"
          + " values (?, clock_timestamp(), clock_timestamp())"
          + " on conflict (id) do update set renewed_at = excluded.renewed_at";
  private static final String UNREGISTER = "delete from platform.node where id = ?";
  private static final String FORGET_OTHERS = "delete from platform.node where id <> ?";
  private static final String FORGET_OLD =
      "delete from platform.node where renewed_at < clock_timestamp() - interval '1 day'";
  private static final String ACQUIRE =
      "insert into platform.lease as l (name, node_id, fence) values (?, ?, 1)"
          + " on conflict (name) do update set node_id = excluded.node_id, fence = l.fence + 1"
          + " where l.node_id is null or l.node_id = excluded.node_id or not "
          + LIVING
          + "l.node_id) returning fence";
  private static final String RELEASE =
      "update platform.lease set node_id = null where name = ? and node_id = ? and fence = ?";

  private LeaseTable() {}

  /**
   * Renews a node's heartbeat; false where its term had run out, so that others may hold its own.
   */
  static boolean renew(Connection connection, String node) throws SQLException {
    return update(connection, RENEW, node) == 1;
  }

  /** Begins a new term for a node. */
  static void register(Connection connection, String node) throws SQLException {
    update(connection, REGISTER, node);
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(FORGET_OLD);
    }
  }

  /** Forgets a node, so that others need not wait for the end of its term. */
  static void unregister(Connection connection, String node) throws SQLException {
    update(connection, UNREGISTER, node);
  }

  /** Forgets every other node, on a database that only this one can be on. */
  static void forgetOthers(Connection connection, String node) throws SQLException {
    update(connection, FORGET_OTHERS, node);
  }

  private static int update(Connection connection, String sql, String node) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, node);
      return statement.executeUpdate();
    }
  }

  /** Takes a lease that nobody alive holds and returns its fence. */
  static OptionalLong acquire(Connection connection, String name, String node) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ACQUIRE)) {
      statement.setString(1, name);
      statement.setString(2, node);
      try (ResultSet row = statement.executeQuery()) {
        return row.next() ? OptionalLong.of(row.getLong(1)) : OptionalLong.empty();
      }
    }
  }

  /** Gives a lease back, unless somebody else has it by now. */
  static void release(Connection connection, String name, String node, long fence)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RELEASE)) {
      statement.setString(1, name);
      statement.setString(2, node);
      statement.setLong(3, fence);
      statement.executeUpdate();
    }
  }
}
