// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import java.time.Duration;

/**
 * How readers read.
 *
 * @param poll the time between two looks for new events
 * @param block the most events that are read at once
 * @param firstWait how long a tenant that failed waits; doubles up to the longest wait
 * @param longestWait how long it waits at most
 */
public record ReadingSettings(Duration poll, int block, Duration firstWait, Duration longestWait) {

  /** Returns the settings for a given time between two looks. */
  public static ReadingSettings polling(Duration poll) {
    return new ReadingSettings(poll, 500, Duration.ofSeconds(2), Duration.ofMinutes(5));
  }

  /** Returns how long a tenant waits after so many failures. */
  Duration wait(int attempts) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(Math.max(attempts - 1, 0), 20));
    return wait.compareTo(longestWait) < 0 ? wait : longestWait;
  }
}
