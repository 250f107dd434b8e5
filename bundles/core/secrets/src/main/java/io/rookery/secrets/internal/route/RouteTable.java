// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.route;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * The row that says which store holds the secrets, and the writes that are under way. Whoever
 * begins a write holds the row in the transaction that notes it, so that a change of the row finds
 * every write noted that was begun under the row as it was.
 */
public final class RouteTable {

  /** What takes longer has ended with its node: no store is waited for so long. */
  static final Duration LONGEST = Duration.ofMinutes(2);

  private RouteTable() {}

  /** A write that is not under way any more and is to be carried over. */
  public record Write(UUID id, String path) {}

  /** Returns the route by the name in the configuration, without holding it. */
  public static Route read(Connection connection, String configured) throws SQLException {
    return read(connection, configured, "");
  }

  /** Returns the route, which others that hold it share until the transaction ends. */
  static Route share(Connection connection, String configured) throws SQLException {
    return read(connection, configured, " for share");
  }

  private static Route read(Connection connection, String configured, String lock)
      throws SQLException {
    String sql = "select configured, active, moving from platform.secret_route where id = 1" + lock;
    try (PreparedStatement select = connection.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      // What was moved away from the store that the configuration names is where it went; who names
      // another store since then means that one.
      return row.next() && row.getString(1).equals(configured)
          ? new Route(row.getString(2), row.getBoolean(3))
          : new Route(configured, false);
    }
  }

  /** Makes sure of the row and holds it alone until the transaction ends. */
  public static Route lock(Connection connection, String configured) throws SQLException {
    String sql =
        """
        insert into platform.secret_route (id, configured, active, moving) values (1, ?, ?, false)
        on conflict (id) do update set configured = excluded.configured,
          active = case when secret_route.configured = excluded.configured
                     then secret_route.active else excluded.active end,
          moving = secret_route.moving and secret_route.configured = excluded.configured
        """;
    try (PreparedStatement upsert = connection.prepareStatement(sql)) {
      upsert.setString(1, configured);
      upsert.setString(2, configured);
      upsert.executeUpdate();
    }
    return read(connection, configured, " for update");
  }

  /** Changes the route, which the transaction holds. */
  public static void set(Connection connection, Route route) throws SQLException {
    String sql = "update platform.secret_route set active = ?, moving = ? where id = 1";
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setString(1, route.active());
      update.setBoolean(2, route.moving());
      update.executeUpdate();
    }
  }

  static void begin(Connection connection, UUID id, String path) throws SQLException {
    String sql =
        "insert into platform.secret_write (id, path, begun_at, ended) values (?, ?, now(), false)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, id);
      insert.setString(2, path);
      insert.executeUpdate();
    }
  }

  /** Forgets a write, or keeps it to be carried over. */
  static void end(Connection connection, UUID id, boolean keep) throws SQLException {
    String sql =
        keep
            ? "update platform.secret_write set ended = true where id = ?"
            : "delete from platform.secret_write where id = ?";
    try (PreparedStatement change = connection.prepareStatement(sql)) {
      change.setObject(1, id);
      change.executeUpdate();
    }
  }

  /** Returns writes that have ended, the earliest first. */
  public static List<Write> ended(Connection connection) throws SQLException {
    String sql =
        """
        select id, path from platform.secret_write
        where ended or begun_at < now() - make_interval(secs => ?) order by begun_at limit 500
        """;
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setLong(1, LONGEST.toSeconds());
      try (ResultSet rows = select.executeQuery()) {
        List<Write> writes = new ArrayList<>();
        while (rows.next()) {
          writes.add(new Write(rows.getObject(1, UUID.class), rows.getString(2)));
        }
        return writes;
      }
    }
  }

  /** Forgets a write that was carried over. */
  public static void forget(Connection connection, UUID id) throws SQLException {
    end(connection, id, false);
  }

  /** Forgets all writes that have ended: nobody carries them over any more. */
  public static void forgetEnded(Connection connection) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement("delete from platform.secret_write where ended")) {
      delete.executeUpdate();
    }
  }

  /** Returns whether no write is noted. */
  public static boolean quiet(Connection connection) throws SQLException {
    try (PreparedStatement select =
            connection.prepareStatement("select 1 from platform.secret_write limit 1");
        ResultSet row = select.executeQuery()) {
      return !row.next();
    }
  }
}
