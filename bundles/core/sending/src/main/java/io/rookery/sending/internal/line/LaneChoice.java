// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.store.DueLanes.DueLane;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.UUID;

/**
 * Which lanes get the places of a node where there are too few: tenants by their weight, so that
 * one with a thousand mailboxes takes no more than its part. Stateless.
 */
final class LaneChoice {

  private LaneChoice() {}

  /** A tenant's lanes that wait, and how many places it has with the next one of them. */
  private record Queue(List<DueLane> lanes, int next, int places) {

    double load() {
      return (double) places / lanes.get(next).weight();
    }
  }

  /**
   * Returns lanes that wait in the order in which they are to have places: always the tenant that
   * will then have the fewest for its weight, of a tenant's the first, of equals who comes first.
   *
   * @param waiting lanes that wait, longest due first
   * @param running the lanes that have places
   */
  static List<LaneKey> order(List<DueLane> waiting, Collection<LaneKey> running) {
    Map<UUID, Integer> places = count(running);
    Map<UUID, List<DueLane>> byTenant = new LinkedHashMap<>();
    for (DueLane lane : waiting) {
      byTenant.computeIfAbsent(lane.key().tenantId(), id -> new ArrayList<>()).add(lane);
    }
    Map<UUID, Integer> rank = new HashMap<>();
    byTenant.keySet().forEach(tenant -> rank.put(tenant, rank.size()));
    PriorityQueue<Queue> queues =
        new PriorityQueue<>(
            Comparator.comparingDouble(Queue::load)
                .thenComparing(queue -> rank.get(queue.lanes().get(0).key().tenantId())));
    byTenant.forEach(
        (tenant, lanes) -> queues.add(new Queue(lanes, 0, 1 + places.getOrDefault(tenant, 0))));
    List<LaneKey> order = new ArrayList<>(waiting.size());
    while (!queues.isEmpty()) {
      Queue first = queues.remove();
      order.add(first.lanes().get(first.next()).key());
      if (first.next() + 1 < first.lanes().size()) {
        queues.add(new Queue(first.lanes(), first.next() + 1, first.places() + 1));
      }
    }
    return order;
  }

  /**
   * Returns runs in the order in which they are to give their places up: those of tenants that have
   * the most for their weight first, of equals the oldest.
   */
  static List<LaneRun> givers(Collection<LaneRun> runs) {
    Map<UUID, Integer> places = count(runs.stream().map(LaneRun::lane).toList());
    Comparator<LaneRun> byLoad =
        Comparator.comparingDouble(
            run -> (double) places.get(run.lane().tenantId()) / run.seats().weight());
    return runs.stream().sorted(byLoad.thenComparing(LaneRun::age).reversed()).toList();
  }

  private static Map<UUID, Integer> count(Collection<LaneKey> lanes) {
    Map<UUID, Integer> places = new HashMap<>();
    lanes.forEach(lane -> places.merge(lane.tenantId(), 1, Integer::sum));
    return places;
  }
}
