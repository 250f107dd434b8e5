// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * What nodes tell each other of servers that are scarce. Rows of a node that tells nothing any more
 * are passed over after three seconds; times are the database's. For the platform's own role.
 */
public final class PaceStore {

  /**
   * A server as one node sees it.
   *
   * @param relay the digest of the server's name
   * @param rate how many messages it answers that node, a nanosecond
   * @param base how long a reply takes where nobody waits, in nanoseconds; 0 where not known
   * @param parts the tenants that want to send campaigns there
   */
  public record Row(String relay, double rate, double base, Map<UUID, Part> parts) {

    /** A tenant's weight and how many of its lanes the node has. */
    public record Part(int weight, int lanes) {}
  }

  /**
   * What was heard.
   *
   * @param nanos the database's time in nanoseconds since 1970
   */
  public record Others(Map<String, List<Row>> rows, long nanos) {

    /** Returns what other nodes say of a server. */
    public List<Row> of(String relay) {
      return rows.getOrDefault(relay, List.of());
    }
  }

  /** Tells what a node sees and returns what the others have told of the same servers. */
  public Others exchange(Connection system, String node, List<Row> mine) throws SQLException {
    tell(system, node, mine);
    String sql =
        """
        select t.micros, p.* from (select
          (extract(epoch from clock_timestamp()) * 1000000)::bigint as micros) t
        left join platform.sending_pace p on p.relay = any(?) and p.node_id <> ?
          and p.updated_at > clock_timestamp() - interval '3 seconds'
        """;
    try (PreparedStatement select = system.prepareStatement(sql)) {
      Object[] relays = mine.stream().map(Row::relay).toArray();
      select.setArray(1, system.createArrayOf("text", relays));
      select.setString(2, node);
      try (ResultSet row = select.executeQuery()) {
        Map<String, List<Row>> rows = new HashMap<>();
        long micros = 0;
        while (row.next()) {
          micros = row.getLong("micros");
          if (row.getString("relay") != null) {
            Row other = row(row);
            rows.computeIfAbsent(other.relay(), relay -> new ArrayList<>()).add(other);
          }
        }
        return new Others(rows, micros * 1000);
      }
    }
  }

  private static void tell(Connection system, String node, List<Row> mine) throws SQLException {
    String sql =
        """
        insert into platform.sending_pace
          (relay, node_id, rate, base, tenants, weights, lanes, updated_at)
        values (?, ?, ?, ?, ?, ?, ?, clock_timestamp())
        on conflict (relay, node_id) do update set rate = excluded.rate, base = excluded.base,
          tenants = excluded.tenants, weights = excluded.weights, lanes = excluded.lanes,
          updated_at = excluded.updated_at
        """;
    if (mine.isEmpty()) {
      return;
    }
    try (PreparedStatement upsert = system.prepareStatement(sql)) {
      for (Row row : mine) {
        List<Map.Entry<UUID, Row.Part>> parts = List.copyOf(row.parts().entrySet());
        upsert.setString(1, row.relay());
        upsert.setString(2, node);
        upsert.setDouble(3, row.rate());
        upsert.setDouble(4, row.base());
        upsert.setArray(
            5, system.createArrayOf("uuid", parts.stream().map(Map.Entry::getKey).toArray()));
        upsert.setArray(
            6,
            system.createArrayOf(
                "int4", parts.stream().map(part -> part.getValue().weight()).toArray()));
        upsert.setArray(
            7,
            system.createArrayOf(
                "int4", parts.stream().map(part -> part.getValue().lanes()).toArray()));
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static Row row(ResultSet row) throws SQLException {
    UUID[] tenants = (UUID[]) row.getArray("tenants").getArray();
    Integer[] weights = (Integer[]) row.getArray("weights").getArray();
    Integer[] lanes = (Integer[]) row.getArray("lanes").getArray();
    Map<UUID, Row.Part> parts = new HashMap<>();
    for (int i = 0; i < tenants.length; i++) {
      parts.put(tenants[i], new Row.Part(weights[i], lanes[i]));
    }
    return new Row(row.getString("relay"), row.getDouble("rate"), row.getDouble("base"), parts);
  }

  /** Removes what nodes told that tell no more. */
  public void sweep(Connection system) throws SQLException {
    String sql =
        "delete from platform.sending_pace where updated_at < clock_timestamp() - interval '1 minute'";
    try (PreparedStatement delete = system.prepareStatement(sql)) {
      delete.executeUpdate();
    }
  }
}
