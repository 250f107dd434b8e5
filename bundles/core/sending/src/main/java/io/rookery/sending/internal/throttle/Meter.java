// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.util.HashMap;
import java.util.Map;

/**
 * How many messages went well and how many were refused lately, by key: over the last ten seconds,
 * from two buckets of that length. Begins anew after a silence. Times are milliseconds of one
 * clock. Thread-safe, as the end of one turn may still count beside the next.
 */
final class Meter {

  static final long WINDOW = 10_000;

  /** A shorter time would make a rate of a single message. */
  private static final long LEAST = 1_000;

  private long begun;
  private long bucket;
  private Map<String, int[]> current = new HashMap<>();
  private Map<String, int[]> before = new HashMap<>();

  Meter(long now) {
    begun = now;
    bucket = now;
  }

  synchronized void count(String key, boolean well, long now) {
    turn(now);
    current.computeIfAbsent(key, k -> new int[2])[well ? 0 : 1]++;
  }

  private void turn(long now) {
    if (now - bucket >= 2 * WINDOW) {
      before = new HashMap<>();
      current = new HashMap<>();
      bucket = now;
      begun = now;
    } else if (now - bucket >= WINDOW) {
      before = current;
      current = new HashMap<>();
      bucket += WINDOW;
    }
  }

  /** Returns whether nothing was counted for so long that nothing is known. */
  synchronized boolean silent(long now) {
    return now - bucket >= 2 * WINDOW;
  }

  /** Returns how many a minute went well. */
  synchronized double perMinute(String key, long now) {
    double over = Math.max(LEAST, Math.min(WINDOW, now - begun));
    return count(key, 0, now) * 60_000 / over;
  }

  /** Returns how many were refused in the window. */
  synchronized double refused(String key, long now) {
    return count(key, 1, now);
  }

  /** Returns how many went well in the window. */
  synchronized double well(String key, long now) {
    return count(key, 0, now);
  }

  private double count(String key, int kind, long now) {
    turn(now);
    double old = 1 - (double) (now - bucket) / WINDOW;
    return of(current, key, kind) + old * of(before, key, kind);
  }

  private static int of(Map<String, int[]> counts, String key, int kind) {
    int[] found = counts.get(key);
    return found == null ? 0 : found[kind];
  }
}
