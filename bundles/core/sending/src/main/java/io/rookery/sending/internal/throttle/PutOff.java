// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

/**
 * Spreads messages that have no place now over the time to come, at their domain's pace, so that
 * each is moved about once. Times are milliseconds since 1970. Not thread-safe.
 */
final class PutOff {

  /** Messages come due together in steps of this time, so that a lane is not woken for each. */
  static final long GRID = LanePace.HORIZON;

  /** Nothing is put off for longer: what is refused today may be welcome soon. */
  static final long LONGEST = 3_600_000;

  private double tail;

  PutOff(long until) {
    tail = until;
  }

  /** Returns until when the next message is put off, not before a moment. */
  long next(long earliest, double interval, long now) {
    double at = Math.min(Math.max(tail, earliest), now + LONGEST);
    tail = at + interval;
    return (long) Math.ceil(at / GRID) * GRID;
  }

  /** Notes that some were taken forward, and whether these were the last. */
  void pulled(int count, boolean last, double interval) {
    tail = last ? 0 : tail - count * interval;
  }

  /** Returns the moment by which all have come due, or one that is over. */
  long until() {
    return (long) tail;
  }

  /** Returns whether some may still wait. */
  boolean waiting(long now) {
    return tail + GRID > now;
  }
}
