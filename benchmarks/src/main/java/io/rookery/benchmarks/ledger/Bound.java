// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

/**
 * Admits so many messages a second and refuses what comes faster, as a receiver that throttles
 * does. A tenth of a second's worth may come at once. Thread-safe.
 */
final class Bound {

  private double room;
  private long filledAt;

  Bound(long now) {
    filledAt = now;
  }

  /** Returns whether a message that comes now is admitted; a bound of 0 admits all. */
  synchronized boolean admits(long now, double perSecond) {
    if (perSecond <= 0) {
      return true;
    }
    double most = Math.max(1, perSecond / 10);
    room = Math.min(most, room + (now - filledAt) / 1e9 * perSecond);
    filledAt = now;
    if (room < 1) {
      return false;
    }
    room--;
    return true;
  }
}
