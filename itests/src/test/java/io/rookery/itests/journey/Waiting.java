// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;

/** Waits until the platform says that something is done. */
final class Waiting {

  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private Waiting() {}

  static JsonNode until(Rest rest, String path, Predicate<JsonNode> done) throws Exception {
    long end = System.nanoTime() + PATIENCE.toNanos();
    JsonNode now = rest.get(path);
    while (!done.test(now)) {
      if (System.nanoTime() > end) {
        throw new AssertionError(path + " stays at " + now);
      }
      TimeUnit.MILLISECONDS.sleep(100);
      now = rest.get(path);
    }
    return now;
  }

  static JsonNode state(Rest rest, String path, String state) throws Exception {
    return until(rest, path, now -> now.path("state").asText().equals(state));
  }
}
