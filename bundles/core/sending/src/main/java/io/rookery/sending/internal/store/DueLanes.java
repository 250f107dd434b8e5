// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.sending.internal.line.LaneKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Finds lanes that are due, for the platform's own role. Where there are more than are looked at,
 * tenants take turns: a tenant's thousands of due lanes hide nobody else's. Used by one thread at a
 * time.
 */
public final class DueLanes {

  /** How many tenants are looked at in one look where there are more lanes than are looked at. */
  private static final int TENANTS = 64;

  private static final UUID FIRST = new UUID(0, 0);

  private UUID cursor = FIRST;

  /** A lane that is due and its tenant's weight. */
  public record DueLane(LaneKey key, int weight) {}

  /**
   * What this node may work on.
   *
   * @param lanes lanes that are due and not worked on by another living node, longest due first
   * @param urgent those among all lanes that hold urgent messages, longest urgent first
   * @param all how many lanes are due on the platform, those that are worked on included; counted
   *     up to a bound
   * @param nodes how many nodes live
   */
  public record Work(List<DueLane> lanes, List<DueLane> urgent, int all, int nodes) {

    /** Returns how many lanes are this node's share. */
    public int share() {
      return Math.max(1, (all + nodes - 1) / Math.max(1, nodes));
    }
  }

  private static final String FREE =
      """
      (l.owner is null or l.owner = ? or l.owner not in (select id from platform.living_node_v1))
      """;

  private static final String COUNTS =
      """
      select (select count(*) from (
          select 1 from tenant.lane where due_at <= ? limit ?) counted) as total,
        (select count(*) from platform.living_node_v1) as nodes
      """;

  private static final String LONGEST_DUE =
      """
      select l.tenant_id, l.id, coalesce(w.weight, 1) as weight
      from tenant.lane l left join tenant.tenancy_weights_v1 w on w.tenant_id = l.tenant_id
      where l.%1$s <= ? and %2$s order by l.%1$s limit ?
      """;

  /** Skips from tenant to tenant in the index, and of each looks at its lanes longest due. */
  private static final String BY_TENANT =
      """
      with recursive found (tenant_id, number) as (
        (select tenant_id, 1 from tenant.lane
         where due_at is not null and tenant_id > ? order by tenant_id limit 1)
        union all
        select (select next.tenant_id from tenant.lane next
                where next.due_at is not null and next.tenant_id > found.tenant_id
                order by next.tenant_id limit 1), number + 1
        from found where found.tenant_id is not null and number < %1$d)
      select found.tenant_id, due.id, coalesce(w.weight, 1) as weight
      from found
      left join lateral (
        select l.id, l.due_at from tenant.lane l
        where l.tenant_id = found.tenant_id and l.due_at <= ? and %2$s
        order by l.due_at limit ?) due on true
      left join tenant.tenancy_weights_v1 w on w.tenant_id = found.tenant_id
      where found.tenant_id is not null
      order by found.number, due.due_at
      """
          .formatted(TENANTS, FREE);

  /**
   * Returns what a node may work on at a moment.
   *
   * @param limit how many lanes to look at, more than the node has places
   */
  public Work find(Connection system, String node, Instant now, int limit) throws SQLException {
    Map<LaneKey, DueLane> lanes = longest(system, "due_at", new Look(node, now, limit));
    Map<LaneKey, DueLane> urgent = longest(system, "urgent_at", new Look(node, now, limit));
    if (lanes.size() == limit) {
      byTenant(system, new Look(node, now, limit), lanes);
    } else {
      cursor = FIRST;
    }
    try (PreparedStatement select = system.prepareStatement(COUNTS)) {
      select.setObject(1, Rows.at(now));
      select.setInt(2, limit * 64);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Work(
            List.copyOf(lanes.values()),
            List.copyOf(urgent.values()),
            row.getInt("total"),
            row.getInt("nodes"));
      }
    }
  }

  private record Look(String node, Instant now, int limit) {}

  private static Map<LaneKey, DueLane> longest(Connection system, String column, Look look)
      throws SQLException {
    try (PreparedStatement select = system.prepareStatement(LONGEST_DUE.formatted(column, FREE))) {
      select.setObject(1, Rows.at(look.now()));
      select.setString(2, look.node());
      select.setInt(3, look.limit());
      Map<LaneKey, DueLane> lanes = new LinkedHashMap<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          add(rows, lanes);
        }
      }
      return lanes;
    }
  }

  /** Adds lanes of the next tenants; the look after this one begins behind them. */
  private void byTenant(Connection system, Look look, Map<LaneKey, DueLane> lanes)
      throws SQLException {
    try (PreparedStatement select = system.prepareStatement(BY_TENANT)) {
      select.setObject(1, cursor);
      select.setObject(2, Rows.at(look.now()));
      select.setString(3, look.node());
      select.setInt(4, look.limit());
      List<UUID> tenants = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          UUID tenant = Rows.uuid(rows, "tenant_id");
          if (tenants.isEmpty() || !tenants.get(tenants.size() - 1).equals(tenant)) {
            tenants.add(tenant);
          }
          if (Rows.uuid(rows, "id") != null) {
            add(rows, lanes);
          }
        }
      }
      cursor = tenants.size() < TENANTS ? FIRST : tenants.get(tenants.size() - 1);
    }
  }

  private static void add(ResultSet row, Map<LaneKey, DueLane> lanes) throws SQLException {
    LaneKey key = new LaneKey(Rows.uuid(row, "tenant_id"), Rows.uuid(row, "id"));
    lanes.putIfAbsent(key, new DueLane(key, row.getInt("weight")));
  }
}
