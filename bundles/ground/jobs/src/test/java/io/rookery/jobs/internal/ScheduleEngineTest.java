// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.jobs.Schedule;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ScheduleEngineTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("jobs");

  private final String name = "test." + Uuids.next();
  private final AtomicInteger runs = new AtomicInteger();
  private final List<Long> starts = new CopyOnWriteArrayList<>();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicInteger most = new AtomicInteger();
  private final List<ScheduleEngine> engines = new ArrayList<>();

  @AfterEach
  void stop() {
    engines.forEach(ScheduleEngine::close);
  }

  @Test
  void scheduleShouldRunAgainAndAgainOnOneNodeAtATime() {
    ScheduleEngine one = engine();
    ScheduleEngine two = engine();
    one.add(new Counting(Duration.ofSeconds(1)));
    two.add(new Counting(Duration.ofSeconds(1)));

    await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() >= 3);
    assertThat(most).hasValue(1);
    for (int i = 1; i < starts.size(); i++) {
      assertThat(starts.get(i) - starts.get(i - 1)).isGreaterThan(900_000_000L);
    }
  }

  @Test
  void scheduleShouldGoOnAfterItFailed() {
    engine()
        .add(
            new Counting(Duration.ofSeconds(1)) {
              @Override
              public void run() {
                super.run();
                throw new IllegalStateException("fails");
              }
            });

    await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() >= 2);
  }

  @Test
  void scheduleShouldStopWhenItIsTakenAwayAndGoOnElsewhere() {
    ScheduleEngine one = engine();
    ScheduleEngine two = engine();
    Schedule here = new Counting(Duration.ofSeconds(1));
    one.add(here);
    await().until(() -> runs.get() >= 1);
    one.remove(here);
    AtomicInteger before = new AtomicInteger(runs.get());

    two.add(new Counting(Duration.ofSeconds(1)));

    await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() > before.get());
  }

  @Test
  void scheduleThatBecameMoreFrequentShouldNotWaitForItsOldTime() throws SQLException {
    try (Connection system = DATABASE.asSystem();
        Statement statement = system.createStatement()) {
      statement.execute(
          "insert into platform.scheduled_upkeep values ('scheduled_upkeep', '"
              + name
              + "', null, now() + interval '1 day', false, null, null, null, 0, null, 1, null)");
    }
    engine().add(new Counting(Duration.ofSeconds(1)));

    await().atMost(Duration.ofSeconds(20)).until(() -> runs.get() >= 1);
  }

  private ScheduleEngine engine() {
    JobSettings settings =
        new JobSettings(
            "node-" + engines.size(),
            2,
            Duration.ofMillis(50),
            Duration.ofMillis(200),
            Duration.ofMillis(100));
    ScheduleEngine engine =
        new ScheduleEngine(DATABASE.systemDataSource(), settings, Clock.systemUTC());
    engines.add(engine);
    return engine;
  }

  private class Counting implements Schedule {

    private final Duration every;

    Counting(Duration every) {
      this.every = every;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public Duration every() {
      return every;
    }

    @Override
    public void run() {
      most.accumulateAndGet(running.incrementAndGet(), Math::max);
      starts.add(System.nanoTime());
      runs.incrementAndGet();
      running.decrementAndGet();
    }
  }
}
