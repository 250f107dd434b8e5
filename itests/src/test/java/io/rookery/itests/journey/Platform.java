// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import io.rookery.itests.running.Rest;
import io.rookery.itests.running.RunningRookery;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One running distribution for all journeys of a test run: starting it takes longer than most of
 * them.
 */
public final class Platform {

  private static final AtomicInteger TENANTS = new AtomicInteger();
  private static RunningRookery running;

  private Platform() {}

  /** Returns the running distribution, started when first asked for. */
  public static synchronized RunningRookery running() throws IOException, InterruptedException {
    if (running == null) {
      Path folder = Files.createTempDirectory("rookery-journey-");
      folder.toFile().setExecutable(true, false);
      folder.toFile().setReadable(true, false);
      RunningRookery fresh =
          RunningRookery.unpack(
              Path.of(System.getProperty("rookery.distribution")), folder.resolve("home"));
      running = fresh.withJvm(System.getProperty("rookery.agent") + ",append=true").start();
    }
    return running;
  }

  /** Makes a tenant of its own for a journey. */
  static TenantKey tenant() throws IOException, InterruptedException {
    return TenantKey.create(running(), "journey" + TENANTS.incrementAndGet());
  }

  static Rest rest(TenantKey tenant) throws IOException, InterruptedException {
    return new Rest(running().root(), tenant.key());
  }
}
