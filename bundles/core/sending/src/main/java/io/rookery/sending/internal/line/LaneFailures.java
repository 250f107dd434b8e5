// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Counts how often lanes failed in a row on this node, or found their account not to be had, so
 * that they rest ever longer. Thread-safe.
 */
final class LaneFailures {

  private final Map<LaneKey, Integer> counts = new ConcurrentHashMap<>();
  private final Map<LaneKey, Integer> pauses = new ConcurrentHashMap<>();

  /** Counts a failure and returns how long the lane is to rest. */
  Duration rest(LaneKey lane) {
    return RetryPolicy.rest(counts.merge(lane, 1, Integer::sum));
  }

  /** Counts that the lane's account was not to be had and returns how long it is to pause. */
  Duration pause(LaneKey lane) {
    return RetryPolicy.pause(pauses.merge(lane, 1, Integer::sum));
  }

  void forget(LaneKey lane) {
    counts.remove(lane);
    pauses.remove(lane);
  }
}
