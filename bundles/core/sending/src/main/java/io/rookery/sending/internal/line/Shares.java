// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.store.PaceStore.Row;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How nodes share a server: each tenant that wants to send counts by its weight, and where it sends
 * from several nodes, on each by the part of its lanes that is there.
 *
 * @param mine this node's part of all, from 0 to 1
 * @param parts by tenant, which part of its lanes is on this node
 */
record Shares(double mine, Map<UUID, Double> parts) {

  static Shares of(Row mine, List<Row> others) {
    Map<UUID, Integer> weights = new HashMap<>();
    Map<UUID, Integer> lanes = new HashMap<>();
    count(mine, weights, lanes);
    others.forEach(row -> count(row, weights, lanes));
    Map<UUID, Double> parts = new HashMap<>();
    double own = 0;
    double all = weights.values().stream().mapToInt(Integer::intValue).sum();
    for (Map.Entry<UUID, Row.Part> tenant : mine.parts().entrySet()) {
      double part = (double) tenant.getValue().lanes() / lanes.get(tenant.getKey());
      parts.put(tenant.getKey(), part);
      own += part * weights.get(tenant.getKey());
    }
    return new Shares(all == 0 ? 1 : own / all, Map.copyOf(parts));
  }

  private static void count(Row row, Map<UUID, Integer> weights, Map<UUID, Integer> lanes) {
    row.parts()
        .forEach(
            (tenant, part) -> {
              weights.merge(tenant, part.weight(), Math::max);
              lanes.merge(tenant, part.lanes(), Integer::sum);
            });
  }
}
