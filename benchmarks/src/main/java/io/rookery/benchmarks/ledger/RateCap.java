// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.util.concurrent.TimeUnit;

/** Lets callers through one after the other, evenly, so many a second. Thread-safe. */
final class RateCap {

  private long next = System.nanoTime();

  /** Waits for this caller's turn; a rate of 0 lets everybody through. */
  void await(double perSecond) throws InterruptedException {
    if (perSecond <= 0) {
      return;
    }
    long now = System.nanoTime();
    long turn;
    synchronized (this) {
      // A time without callers is not made up for afterwards.
      turn = Math.max(now, next);
      next = turn + (long) (1e9 / perSecond);
    }
    TimeUnit.NANOSECONDS.sleep(turn - now);
  }
}
