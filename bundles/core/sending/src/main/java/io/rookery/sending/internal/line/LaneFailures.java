// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts how often lanes failed in a row on this node, so that they rest ever longer. Thread-safe.
 */
final class LaneFailures {

  private final Map<LaneKey, Integer> counts = new ConcurrentHashMap<>();

  /** Counts a failure and returns how long the lane is to rest. */
  Duration rest(LaneKey lane) {
    return RetryPolicy.rest(counts.merge(lane, 1, Integer::sum));
  }

  void forget(LaneKey lane) {
    counts.remove(lane);
  }
}
