// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.swap;

import io.rookery.benchmarks.ledger.LedgerLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The time in which nothing came in, by a ledger.
 *
 * @param all the longest time between two messages of anybody, in milliseconds
 * @param one the longest time between two messages of one tenant, in milliseconds
 */
public record Pauses(long all, long one) {

  /** Looks for pauses of which any part lies between two moments, in milliseconds since 1970. */
  public static Pauses between(List<LedgerLine> lines, long from, long to) {
    List<Long> everybody = new ArrayList<>();
    Map<Integer, List<Long>> tenants = new TreeMap<>();
    for (LedgerLine line : lines) {
      everybody.add(line.at());
      tenants
          .computeIfAbsent(Crowd.tenantOf(line.recipient()), number -> new ArrayList<>())
          .add(line.at());
    }
    long one =
        tenants.values().stream().mapToLong(times -> longest(times, from, to)).max().orElse(0);
    return new Pauses(longest(everybody, from, to), one);
  }

  private static long longest(List<Long> times, long from, long to) {
    long longest = 0;
    List<Long> sorted = times.stream().sorted().toList();
    for (int i = 1; i < sorted.size(); i++) {
      if (sorted.get(i) >= from && sorted.get(i - 1) <= to) {
        longest = Math.max(longest, sorted.get(i) - sorted.get(i - 1));
      }
    }
    // Whoever has been silent since is silent still.
    long last = sorted.get(sorted.size() - 1);
    return last < to ? Math.max(longest, to - last) : longest;
  }

  /** Returns how many tenants have sent since a moment. */
  public static int senders(List<LedgerLine> lines, long since) {
    return (int)
        lines.stream()
            .filter(line -> line.at() > since)
            .mapToInt(line -> Crowd.tenantOf(line.recipient()))
            .distinct()
            .count();
  }
}
