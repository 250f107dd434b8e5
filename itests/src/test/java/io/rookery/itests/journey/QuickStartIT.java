// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.journey;

import static org.junit.Assert.assertFalse;
import static org.junit.Assert.assertTrue;

import io.rookery.itests.running.RunningRookery;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.Test;

/** What the newcomer's command runs inside the distribution, twice on the same data. */
public class QuickStartIT {

  private static final Pattern LINES =
      Pattern.compile(
          "(?m)^Sign in as owner-[a-z0-9]{6}@heronry\\.example with the password [a-z0-9]{20}\\R"
              + "Rookery is ready: http://127\\.0\\.0\\.1:\\d+/\\R"
              + "API key: rky_live_[0-9A-Za-z]{38}\\R"
              + "Campaign: 915 planned, 915 sent, 0 failed, 0 suppressed$");

  @Test
  public void theQuickStartShouldShowItsThreeLinesEachTime() throws Exception {
    Path folder = Files.createTempDirectory("rookery-quickstart-");
    folder.toFile().setExecutable(true, false);
    folder.toFile().setReadable(true, false);
    Path home = folder.resolve("home");
    try (RunningRookery rookery =
        RunningRookery.unpack(Path.of(System.getProperty("rookery.distribution")), home)) {
      Path demo = Files.createDirectories(home.resolve("data/demo"));
      for (String file : new String[] {"contacts.csv", "campaign.json"}) {
        Files.copy(Path.of("..", "docs", "quickstart", file), demo.resolve(file));
      }
      rookery
          .withJvm(System.getProperty("rookery.agent") + ",append=true")
          .withJvm("-Drookery.quickstart=demo")
          .start();
      awaitRuns(home, 1);
      rookery.interrupt();
      assertFalse(
          "PostgreSQL has stopped, too",
          Files.exists(home.resolve("data/postgres/data/postmaster.pid")));
      rookery.start();
      awaitRuns(home, 2);
    }
  }

  private static void awaitRuns(Path home, int wanted) throws Exception {
    long end = System.nanoTime() + Duration.ofMinutes(3).toNanos();
    String console = "";
    while (System.nanoTime() < end) {
      console = Files.readString(home.resolve("console.log"));
      assertTrue(console, !console.contains("The quick start broke off"));
      if (LINES.matcher(console).results().count() == wanted) {
        return;
      }
      TimeUnit.MILLISECONDS.sleep(200);
    }
    throw new AssertionError(console);
  }
}
