// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.util.concurrent.TimeUnit;

/** Lets callers through one after the other, evenly, so many a second. Thread-safe. */
final class RateCap {

  private long next;

  RateCap(long now) {
    next = now;
  }

  /** Waits for this caller's turn; a rate of 0 lets everybody through. */
  void await(double perSecond) throws InterruptedException {
    if (perSecond > 0) {
      long now = System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(turn(now, perSecond) - now);
    }
  }

  /** Returns when it is the turn of a caller who comes now. */
  synchronized long turn(long now, double perSecond) {
    // A time without callers is not made up for afterwards.
    long turn = Math.max(now, next);
    next = turn + (long) (1e9 / perSecond);
    return turn;
  }
}
