// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.Fake;
import io.rookery.sending.internal.MovableClock;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.spi.mail.BackendException.Kind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AccessFailuresTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private final MovableClock clock = new MovableClock(Instant.parse("2026-03-31T12:10:00Z"));
  private final TenantContext context = DATABASE.tenant();
  private final UUID lane = Uuids.next();
  private final List<String> paused = new ArrayList<>();
  private boolean byAPerson;
  private final AccessFailures failures =
      new AccessFailures(
          Fake.of(
              MailboxService.class,
              Map.of("pauseAutomatically", it -> pause((AutomaticPause) it[2]))));

  @BeforeEach
  void theLaneIsThere() {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              new LaneStore().makeDue(tx, List.of(lane), clock.instant());
              return null;
            });
  }

  @Test
  void theThirdFailureInAnHourShouldPause() {
    failed(Kind.CONNECTION);
    after(Duration.ofMinutes(20)).failed(Kind.CONNECTION);
    assertThat(paused).isEmpty();
    after(Duration.ofMinutes(20)).failed(Kind.CONNECTION);
    assertThat(paused).containsExactly("CONNECTION 3 repeats 0");
  }

  /** A server that is started again within a minute is tried often and costs nobody an hour. */
  @Test
  void triesWithinFiveMinutesShouldBeOneFailure() {
    for (int second = 0; second < 300; second += 10) {
      failed(Kind.CONNECTION);
      after(Duration.ofSeconds(10));
    }
    assertThat(paused).isEmpty();
    failed(Kind.CONNECTION);
    after(Duration.ofMinutes(5).minusNanos(1000)).failed(Kind.CONNECTION);
    assertThat(paused).isEmpty();
    after(Duration.ofNanos(1000)).failed(Kind.CONNECTION);
    assertThat(paused).hasSize(1);
  }

  @Test
  void failuresMoreThanAnHourApartShouldNotAddUp() {
    failed(Kind.AUTHENTICATION);
    after(Duration.ofMinutes(30)).failed(Kind.AUTHENTICATION);
    after(Duration.ofMinutes(30)).failed(Kind.AUTHENTICATION);
    assertThat(paused).isEmpty();
    after(Duration.ofMinutes(29)).failed(Kind.AUTHENTICATION);
    assertThat(paused).containsExactly("AUTHENTICATION 3 repeats 0");
  }

  @Test
  void aMessageThatCouldBeOfferedShouldWipeThemOut() {
    failed(Kind.CONNECTION);
    after(Duration.ofMinutes(10)).failed(Kind.CONNECTION);
    worked();
    after(Duration.ofMinutes(10)).failed(Kind.CONNECTION);
    after(Duration.ofMinutes(10)).failed(Kind.CONNECTION);
    assertThat(paused).isEmpty();
  }

  @Test
  void afterAPauseTheFirstFailureShouldPauseAgainUntilTheServerWorks() {
    pausedOnce();
    after(Duration.ofHours(1)).failed(Kind.AUTHENTICATION);
    after(Duration.ofHours(4)).failed(Kind.AUTHENTICATION);
    assertThat(paused)
        .containsExactly(
            "AUTHENTICATION 3 repeats 0",
            "AUTHENTICATION 1 repeats 1",
            "AUTHENTICATION 1 repeats 2");
    after(Duration.ofHours(24));
    worked();
    failed(Kind.AUTHENTICATION);
    after(Duration.ofMinutes(10)).failed(Kind.AUTHENTICATION);
    assertThat(paused).hasSize(3);
  }

  @Test
  void aPauseByAPersonShouldNotCountAsOneOfFailures() {
    byAPerson = true;
    pausedOnce();
    byAPerson = false;
    after(Duration.ofHours(2)).failed(Kind.AUTHENTICATION);
    assertThat(paused).isEmpty();
  }

  @Test
  void whatSaysNothingOfTheServerShouldNotCount() {
    for (int i = 0; i < 9; i++) {
      after(Duration.ofMinutes(6)).failed(i % 2 == 0 ? Kind.THROTTLED : Kind.CONFIGURATION);
    }
    assertThat(paused).isEmpty();
  }

  private void pausedOnce() {
    for (int i = 0; i < 3; i++) {
      after(Duration.ofMinutes(6)).failed(Kind.AUTHENTICATION);
    }
  }

  private Optional<Instant> pause(AutomaticPause why) {
    if (byAPerson) {
      return Optional.empty();
    }
    paused.add(why.cause() + " " + why.counted() + " repeats " + why.repeats());
    return Optional.of(clock.instant());
  }

  private AccessFailuresTest after(Duration time) {
    clock.move(time);
    return this;
  }

  private void failed(Kind kind) {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              failures.failed(tx, lane, kind, clock.instant());
              return null;
            });
  }

  private void worked() {
    DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              failures.worked(tx, lane);
              return null;
            });
  }
}
