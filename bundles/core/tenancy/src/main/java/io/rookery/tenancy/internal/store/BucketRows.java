// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** What nodes tell each other of the buckets of keys, by the database's time. */
public final class BucketRows {

  private static final Duration ALIVE = Duration.ofSeconds(5);
  private static final Duration KEPT = Duration.ofMinutes(1);

  private static final String ATTEND =
      """
      insert into platform.key_node (node, seen_at) values (?, ?)
      on conflict (node) do update set seen_at = excluded.seen_at
      """;
  private static final String NODES = "select count(*) from platform.key_node where seen_at > ?";

  /** In the order of the keys, so that nodes take turns and never wait for each other. */
  private static final String TAKE =
      """
      insert into platform.key_bucket as b (key_id, full_at)
      select t.key_id, n.now + t.micros * interval '1 microsecond'
      from unnest(?::uuid[], ?::bigint[]) with ordinality as t (key_id, micros, place)
      cross join (select ?::timestamptz as now) n order by t.place
      on conflict (key_id) do update
        set full_at = greatest(b.full_at, ?::timestamptz) + (excluded.full_at - ?::timestamptz)
      """;

  private static final String LEVELS =
      """
      select key_id, extract(epoch from full_at - ?::timestamptz) * 1000000
      from platform.key_bucket where full_at > ?
      """;

  private final Transactions transactions;
  private final Time time;

  /** Works by the database's own time. */
  public BucketRows(Transactions transactions) {
    this(transactions, BucketRows::databaseTime);
  }

  /** Works by another time that all nodes share. */
  public BucketRows(Transactions transactions, Time time) {
    this.transactions = transactions;
    this.time = time;
  }

  /** Tells what a node took of keys, in nanoseconds, and returns what all have left. */
  public Levels exchange(UUID node, Map<UUID, Long> taken) {
    return transactions.system(
        SystemPurpose.KEY_USE,
        connection -> {
          OffsetDateTime now = time.now(connection);
          attend(connection, node, now);
          take(connection, taken, now);
          return new Levels(nodes(connection, now), levels(connection, now));
        });
  }

  /** Tells what a node took and that it is gone. */
  public void leave(UUID node, Map<UUID, Long> taken) {
    transactions.system(
        SystemPurpose.KEY_USE,
        connection -> {
          take(connection, taken, time.now(connection));
          return update(connection, "delete from platform.key_node where node = ?", node);
        });
  }

  /** Removes buckets that are full again and nodes that are gone. */
  public void sweep() {
    transactions.system(
        SystemPurpose.KEY_USE,
        connection -> {
          OffsetDateTime before = time.now(connection).minus(KEPT);
          update(connection, "delete from platform.key_node where seen_at < ?", before);
          return update(connection, "delete from platform.key_bucket where full_at < ?", before);
        });
  }

  private static OffsetDateTime databaseTime(Connection connection) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("select clock_timestamp()");
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getObject(1, OffsetDateTime.class);
    }
  }

  private static void attend(Connection connection, UUID node, OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement attend = connection.prepareStatement(ATTEND)) {
      attend.setObject(1, node);
      attend.setObject(2, now);
      attend.executeUpdate();
    }
  }

  private static void take(Connection connection, Map<UUID, Long> taken, OffsetDateTime now)
      throws SQLException {
    if (taken.isEmpty()) {
      return;
    }
    List<Map.Entry<UUID, Long>> ordered = List.copyOf(new TreeMap<>(taken).entrySet());
    Object[] keys = ordered.stream().map(Map.Entry::getKey).toArray();
    Object[] micros = ordered.stream().map(entry -> (entry.getValue() + 500) / 1000).toArray();
    try (PreparedStatement take = connection.prepareStatement(TAKE)) {
      take.setArray(1, connection.createArrayOf("uuid", keys));
      take.setArray(2, connection.createArrayOf("bigint", micros));
      take.setObject(3, now);
      take.setObject(4, now);
      take.setObject(5, now);
      take.executeUpdate();
    }
  }

  private static int nodes(Connection connection, OffsetDateTime now) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(NODES)) {
      query.setObject(1, now.minus(ALIVE));
      try (ResultSet row = query.executeQuery()) {
        row.next();
        return Math.max(1, row.getInt(1));
      }
    }
  }

  private static Map<UUID, Long> levels(Connection connection, OffsetDateTime now)
      throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(LEVELS)) {
      query.setObject(1, now);
      query.setObject(2, now);
      try (ResultSet rows = query.executeQuery()) {
        Map<UUID, Long> missing = new HashMap<>();
        while (rows.next()) {
          missing.put(rows.getObject(1, UUID.class), rows.getLong(2) * 1000);
        }
        return missing;
      }
    }
  }

  private static int update(Connection connection, String sql, Object parameter)
      throws SQLException {
    try (PreparedStatement update = connection.prepareStatement(sql)) {
      update.setObject(1, parameter);
      return update.executeUpdate();
    }
  }

  /** The time that all nodes share. */
  @FunctionalInterface
  public interface Time {

    /** Returns the present moment, in whole microseconds. */
    OffsetDateTime now(Connection connection) throws SQLException;
  }

  /**
   * What all nodes have left.
   *
   * @param nodes how many there are, at least 1
   * @param missing what buckets lack to be full, in nanoseconds; those that are full are not in it
   */
  public record Levels(int nodes, Map<UUID, Long> missing) {

    /** Copies the map. */
    public Levels {
      missing = Map.copyOf(missing);
    }
  }
}
