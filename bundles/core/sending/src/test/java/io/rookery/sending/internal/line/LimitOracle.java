// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Recomputes from a ledger alone what a mailbox may send, by the formula as it is written down and
 * by nothing of the product's: in each 24 hours that end with a message, no more than the smaller
 * one of its own limit and {@code ceil(a·(b/a)^((d−1)/(D−1)))}.
 */
final class LimitOracle {

  private static final Duration DAY = Duration.ofHours(24);

  /** A mailbox's limits; without a ramp its days are 0. */
  record Limits(int own, int from, int to, int days, Instant start) {

    int at(Instant moment) {
      long day = Duration.between(start, moment).toSeconds() / 86_400 + 1;
      if (day > days) {
        return own;
      }
      double formula = from * Math.pow((double) to / from, (day - 1.0) / (days - 1.0));
      return (int) Math.min(own, Math.ceil(formula - 1e-9));
    }
  }

  /**
   * What a ledger shows.
   *
   * @param over by how many messages a window was fuller than it may be, at most; 0 where none was
   * @param fullDays on how many days, counted from the start, a window was as full as it may be
   */
  record Finding(long over, int fullDays) {}

  private LimitOracle() {}

  /** Looks at the moments of all messages that a mailbox sent, in their order. */
  static Finding of(List<Instant> ledger, Limits limits) {
    Deque<Instant> window = new ArrayDeque<>();
    Set<Long> full = new HashSet<>();
    long over = 0;
    for (Instant moment : ledger) {
      window.addLast(moment);
      while (!window.peekFirst().isAfter(moment.minus(DAY))) {
        window.removeFirst();
      }
      int limit = limits.at(moment);
      over = Math.max(over, window.size() - limit);
      if (window.size() == limit) {
        full.add(Duration.between(limits.start(), moment).toDays());
      }
    }
    return new Finding(over, full.size());
  }
}
