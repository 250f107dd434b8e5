// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What one subject sent in the last 30 days, by the hour, and what of it is new. For one thread.
 */
final class Stretches {

  /** The windows that are looked at, each as wide as whole hours make it, the present one last. */
  private static final List<Duration> WINDOWS =
      List.of(Duration.ofHours(1), Duration.ofHours(24), Duration.ofDays(7), Duration.ofDays(30));

  private final Instant countedSince;
  private final TreeMap<Instant, Counts> counts = new TreeMap<>();
  private final Map<Instant, Counts> added = new HashMap<>();

  /**
   * Begins with what is known.
   *
   * @param countedSince what was sent before is not judged; may be null
   */
  Stretches(Instant countedSince, Map<Instant, Counts> known) {
    this.countedSince = countedSince;
    counts.putAll(known);
  }

  /** A bound that was passed, with the counts that passed it. */
  record Excess(Bound bound, Counts counts) {}

  void add(Instant at, Counts more) {
    Instant begin = begin(at);
    counts.merge(begin, more, Counts::plus);
    added.merge(begin, more, Counts::plus);
  }

  /** Where counting begins anew within an hour, that hour is two stretches. */
  private Instant begin(Instant at) {
    Instant hour = at.truncatedTo(ChronoUnit.HOURS);
    boolean anew = countedSince != null && countedSince.isAfter(hour) && !at.isBefore(countedSince);
    return anew ? countedSince : hour;
  }

  /** Returns what was added, by the beginning of its stretch. */
  Map<Instant, Counts> added() {
    return added;
  }

  /** Returns the bound that is passed at a moment in some window, the narrowest first. */
  Optional<Excess> excess(Instant at) {
    if (countedSince != null && at.isBefore(countedSince)) {
      return Optional.empty();
    }
    Instant hour = at.truncatedTo(ChronoUnit.HOURS);
    for (Duration window : WINDOWS) {
      Counts sum = sum(hour.minus(window));
      for (Bound bound : Bound.values()) {
        if (bound.passedBy(sum)) {
          return Optional.of(new Excess(bound, sum));
        }
      }
    }
    return Optional.empty();
  }

  /** An hour is within a window where it begins after the window does. */
  private Counts sum(Instant before) {
    Counts sum = Counts.NONE;
    for (Map.Entry<Instant, Counts> stretch : counts.tailMap(before, false).entrySet()) {
      boolean counted = countedSince == null || !stretch.getKey().isBefore(countedSince);
      if (counted && stretch.getKey().truncatedTo(ChronoUnit.HOURS).isAfter(before)) {
        sum = sum.plus(stretch.getValue());
      }
    }
    return sum;
  }
}
