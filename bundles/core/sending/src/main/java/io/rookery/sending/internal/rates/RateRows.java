// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import io.rookery.api.sending.SendingRates;
import io.rookery.sending.internal.line.LaneKey;
import io.rookery.sending.internal.rates.RateMeter.Counted;
import io.rookery.sending.internal.rates.RateRow.Key;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/**
 * Adds up what was counted by tenant, mailbox and domain. Of a tenant's domains the busiest are
 * told of by name and the others together, so that a list of a million private domains makes no
 * million rows.
 */
final class RateRows {

  private static final int MOST_DOMAINS = 20;
  private static final int KINDS = RateMeter.Kind.values().length;

  /** Lanes that were said to have something in flight, and have to be said to have none. */
  private final Set<LaneKey> flying = new HashSet<>();

  /** Returns the rows for what was counted and is in flight now. */
  List<RateRow> of(List<Counted> counted, Map<LaneKey, Integer> inFlight) {
    Map<Key, long[]> sums = new HashMap<>();
    Map<Owner, Map<String, long[]>> domains = new HashMap<>();
    for (Counted one : counted) {
      UUID tenant = one.key().tenantId();
      boolean test = one.key().test();
      String mailbox = one.key().laneId().toString();
      sums.merge(new Key(tenant, RateRow.TENANT, "", test), one.counts(), RateMeter::sum);
      sums.merge(new Key(tenant, RateRow.MAILBOX, mailbox, test), one.counts(), RateMeter::sum);
      domains
          .computeIfAbsent(new Owner(tenant, test), owner -> new HashMap<>())
          .merge(one.key().domain(), one.counts(), RateMeter::sum);
    }
    domains.forEach((owner, all) -> busiest(owner, all, sums));
    Map<Key, Integer> away = away(inFlight);
    away.keySet().forEach(key -> sums.putIfAbsent(key, new long[KINDS]));
    return sums.entrySet().stream()
        .map(e -> new RateRow(e.getKey(), e.getValue(), away.getOrDefault(e.getKey(), 0)))
        // One order for all nodes, so that none waits for another in a circle.
        .sorted(Comparator.comparing(RateRow::key, Key.ORDER))
        .toList();
  }

  private record Owner(UUID tenantId, boolean test) {}

  private static void busiest(Owner owner, Map<String, long[]> all, Map<Key, long[]> sums) {
    List<RateRow> rows = new ArrayList<>();
    all.forEach((domain, counts) -> rows.add(new RateRow(key(owner, domain), counts, 0)));
    rows.sort(Comparator.comparingLong(RateRow::all).reversed());
    for (int i = 0; i < rows.size(); i++) {
      RateRow row = rows.get(i);
      Key key = i < MOST_DOMAINS ? row.key() : key(owner, SendingRates.OTHER_DOMAINS);
      sums.merge(key, row.counts(), RateMeter::sum);
    }
  }

  private static Key key(Owner owner, String domain) {
    return new Key(owner.tenantId(), RateRow.DOMAIN, domain, owner.test());
  }

  /** What is in flight is told of once for a mailbox, whatever the mode of its messages. */
  private Map<Key, Integer> away(Map<LaneKey, Integer> inFlight) {
    Map<Key, Integer> away = new HashMap<>();
    flying.forEach(lane -> away.put(key(lane), 0));
    inFlight.forEach((lane, count) -> away.put(key(lane), count));
    flying.clear();
    flying.addAll(inFlight.keySet());
    return away;
  }

  private static Key key(LaneKey lane) {
    return new Key(lane.tenantId(), RateRow.MAILBOX, lane.laneId().toString(), false);
  }
}
