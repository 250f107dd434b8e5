// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fairness;

import io.rookery.benchmarks.ledger.LedgerLine;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What tenants got beside what their weights promise them.
 *
 * @param all how many messages there were
 * @param classes by weight, what the tenants of that weight got of what they should have, as a part
 * @param worstTenant by which part the tenant that is farthest off is off
 * @param grain which part a single message is of what the lightest tenant should have
 */
public record Shares(long all, Map<Integer, Double> classes, double worstTenant, double grain) {

  /** A single tenant is judged where a message is no more than so much of its part. */
  private static final double FINE = 0.005;

  /** A stretch of time, in milliseconds since 1970. */
  public record Span(long begin, long end) {}

  /** Counts the messages of tenants in a stretch of time. */
  public static Shares of(Collection<LedgerLine> lines, Map<String, Integer> weights, Span span) {
    Map<String, Integer> counts = new HashMap<>();
    for (LedgerLine line : lines) {
      String slug = line.recipient().substring(0, line.recipient().indexOf('-'));
      if (weights.containsKey(slug) && line.at() >= span.begin() && line.at() < span.end()) {
        counts.merge(slug, 1, Integer::sum);
      }
    }
    long all = counts.values().stream().mapToInt(Integer::intValue).sum();
    double unit = (double) all / weights.values().stream().mapToInt(Integer::intValue).sum();
    Map<Integer, Double> classes = new TreeMap<>();
    double worst = 0;
    for (int weight : weights.values()) {
      List<Integer> own =
          weights.entrySet().stream()
              .filter(tenant -> tenant.getValue() == weight)
              .map(tenant -> counts.getOrDefault(tenant.getKey(), 0))
              .toList();
      double sum = own.stream().mapToInt(Integer::intValue).sum();
      classes.put(weight, sum / own.size() / weight / unit);
      for (int count : own) {
        worst = Math.max(worst, Math.abs(count / unit / weight - 1));
      }
    }
    return new Shares(all, classes, worst, 1 / unit);
  }

  /** Returns by which part the weight that is farthest off is off. */
  public double worstClass() {
    return classes.values().stream().mapToDouble(share -> Math.abs(share - 1)).max().orElse(1);
  }

  /** Returns whether there were enough messages to judge a single tenant. */
  public boolean fineGrained() {
    return grain <= FINE;
  }
}
