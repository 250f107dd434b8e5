// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.throttle.DomainCaps;
import io.rookery.sending.internal.throttle.Hands;
import io.rookery.sending.internal.throttle.ThrottleSettings;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Lines of two nodes that keep to the caps of recipient domains, by a clock that a test moves. */
class CappedLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(30);
  private final FakeBackend backend = new FakeBackend();
  private SendingLine line;

  @AfterEach
  void close() {
    if (line != null) {
      line.close();
    }
  }

  @Test
  void twoNodesShouldTogetherNeverSendADomainMoreThanItsCapInAMinute() throws Exception {
    // Late in a minute all that was put off into it has come due.
    Hands clock = new Hands(Instant.now().truncatedTo(ChronoUnit.MINUTES).plusSeconds(115));
    LineSettings settings =
        LineSettings.of(16)
            .with(new ThrottleSettings(DomainCaps.of("capped.example=40"), DomainCaps.NONE));
    LineFixture one = new LineFixture(DATABASE, 100_000);
    LineFixture other = new LineFixture(DATABASE, 100_000);
    one.queue(100, "capped.example");
    other.queue(100, "capped.example");
    one.queue(30, "free.example");
    FakeBackend second = new FakeBackend();
    line = one.line(DATABASE.leases(), backend, clock, settings);
    try (SendingLine node = other.line(DATABASE.anotherNode(), second, clock, settings)) {
      int before = 0;
      for (int minute = 1; minute <= 3; minute++) {
        int most = before + 40;
        // What a node was granted and has no message for is not given to the other: a slice each.
        int least = before + 32;
        await().atMost(SOON).until(() -> capped(backend) + capped(second) >= least);
        // Whoever would go beyond does so by now: all lanes rest until the next minute.
        await().atMost(SOON).until(() -> line.lanes() + node.lanes() == 0);
        before = capped(backend) + capped(second);
        assertThat(before).isBetween(least, most);
        clock.pass(Duration.ofMinutes(1));
      }
    }
    assertThat(backend.received.keySet().stream().filter(to -> to.endsWith("@free.example")))
        .hasSize(30);
    assertThat(Collections.max(backend.received.values())).isEqualTo(1);
  }

  private static int capped(FakeBackend backend) {
    return (int)
        backend.received.keySet().stream().filter(to -> to.endsWith("@capped.example")).count();
  }
}
