// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.monitoring.MetricSource.Sample;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.queue.QueueFixture.Row;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class QueueFiguresTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Instant NOW = QueueFixture.NOW;

  @Test
  void theyShouldBeThePlatformsAndFadeWhereNobodyReadsThem() throws Exception {
    QueueFixture one = new QueueFixture(DATABASE);
    QueueFixture other = new QueueFixture(DATABASE);
    UUID lane = one.lane(NOW.minusSeconds(90), null);
    other.lane(NOW.plusSeconds(600), "Its mailbox is paused");
    one.message(Row.of(lane, "due"), NOW);
    other.message(Row.of(lane, "due"), NOW);
    other.message(Row.of(lane, "held"), NOW);
    one.message(Row.of(lane, "failed"), NOW);
    one.message(Row.of(lane, "in_doubt"), NOW);
    Clock[] clock = {Clock.fixed(NOW, ZoneOffset.UTC)};
    QueueFigures figures = new QueueFigures(DATABASE.transactions(), moving(clock));

    assertThat(figures.samples()).as("what was never read is not shown").isEmpty();
    figures.run();
    assertThat(figures.samples().stream().collect(Collectors.toMap(Sample::name, Sample::value)))
        .isEqualTo(
            Map.of(
                "rookery_queue_due", 2.0,
                "rookery_queue_held", 1.0,
                "rookery_queue_overdue_seconds", 90.0,
                "rookery_dead_letters", 1.0,
                "rookery_messages_in_doubt", 1.0));
    clock[0] = Clock.offset(clock[0], Duration.ofSeconds(36));
    assertThat(figures.samples()).isEmpty();
  }

  private static Clock moving(Clock[] clock) {
    return new Clock() {
      @Override
      public ZoneOffset getZone() {
        return ZoneOffset.UTC;
      }

      @Override
      public Clock withZone(ZoneId zone) {
        return this;
      }

      @Override
      public Instant instant() {
        return clock[0].instant();
      }
    };
  }
}
