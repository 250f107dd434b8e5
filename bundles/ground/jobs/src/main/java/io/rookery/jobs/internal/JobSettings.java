// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import java.time.Duration;

/**
 * How background work is done on this node.
 *
 * @param node this node's id
 * @param threads how much runs at a time
 * @param poll the time between two looks for what is due
 * @param heartbeat the time between two signs of life; four missed ones mean death
 * @param firstWait how long a job waits that could not go on
 */
record JobSettings(
    String node, int threads, Duration poll, Duration heartbeat, Duration firstWait) {

  static JobSettings of(String node, int threads) {
    return new JobSettings(
        node, threads, Duration.ofMillis(500), Duration.ofSeconds(5), Duration.ofSeconds(5));
  }
}
