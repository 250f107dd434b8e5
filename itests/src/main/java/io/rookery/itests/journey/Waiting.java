// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.time.Duration;
import java.util.function.Predicate;

/** Waits until the platform says that something is done. */
public final class Waiting {

  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final Duration PAUSE = Duration.ofMillis(100);

  private Waiting() {}

  /** Waits until what is shown at a path is as wanted; returns it. */
  public static JsonNode until(Rest rest, String path, Predicate<JsonNode> done) {
    return await(path).atMost(PATIENCE).pollInterval(PAUSE).until(() -> rest.get(path), done::test);
  }

  /** Waits until what is shown at a path has reached a state; returns it. */
  public static JsonNode state(Rest rest, String path, String state) {
    return until(rest, path, now -> now.path("state").asText().equals(state));
  }
}
