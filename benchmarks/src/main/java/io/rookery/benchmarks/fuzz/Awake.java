// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets a tenant send again whenever that has been paused: by the platform, for what bounces, of a
 * domain too, or by a request. While nothing is sent, nothing that a mail is needed for succeeds.
 */
public final class Awake implements AutoCloseable {

  private static final int PAUSE_SECONDS = 3;

  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();
  private final Rest rest;

  /** Looks after a tenant by its key. */
  public Awake(Rest rest) {
    this.rest = rest;
  }

  /** Begins to look. */
  public void begin() {
    thread.scheduleWithFixedDelay(this::look, 0, PAUSE_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      for (JsonNode pause : rest.get("sending-pauses").path("data")) {
        if (pause.path("scope").asText().equals("tenant")
            || !pause.path("cause").asText().equals("person")) {
          rest.post("sending-pauses/" + pause.path("id").asText() + "/resume", null);
        }
      }
    } catch (IOException e) {
      // It has ended meanwhile, or the node is busy; there is another look soon.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
