// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.sending.BackendVersions.Installed;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import java.time.Duration;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What a mail backend must not do, and what the line makes of it. */
class BadBackendTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(60);
  private final CountDownLatch released = new CountDownLatch(1);
  private SendingLine line;

  @AfterEach
  void close() {
    released.countDown();
    line.close();
  }

  /** Hangs before its first offer and cannot be interrupted. */
  private final class Hanging extends FakeBackend {
    @Override
    public void send(Account account, Iterator<OutboundMessage> pulled, OutcomeSink outcomes) {
      while (true) {
        try {
          released.await();
          return;
        } catch (InterruptedException e) {
          // It is bad on purpose.
        }
      }
    }
  }

  /** Takes messages and says of none what became of it; then throws. */
  private static final class Mute extends FakeBackend {
    @Override
    public void send(Account account, Iterator<OutboundMessage> pulled, OutcomeSink outcomes)
        throws InterruptedException {
      OutboundMessage message = pulled.next();
      while (outcomes.offer(message.id(), Duration.ofMillis(50)) == OutcomeSink.Offer.BUSY) {}
      throw new IllegalStateException("mute on purpose");
    }
  }

  @Test
  void aCallThatHangsShouldBeLeftAloneAndSaidSo() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(10);
    Hanging hanging = new Hanging();
    line = fixture.line(DATABASE.leases(), hanging);

    await().atMost(SOON).untilAsserted(() -> assertThat(problem()).contains("hang inside"));
    assertThat(fixture.states()).isEqualTo(Map.of("due", 10));
    assertThat(line.installed().get(0).calls()).isEqualTo(3);

    FakeBackend good = new FakeBackend();
    line.add(good, "fake", "1.1.0");
    fixture.moveTo("1.1.0");
    awaitAccepted(fixture, 10);
    assertThat(Collections.max(good.received.values())).isEqualTo(1);
  }

  @Test
  void aMessageOfWhichNothingIsToldShouldBeInDoubtAndGiveItsSlotBack() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.execute("update tenant.a_mailbox set when_in_doubt = 'hold' where tenant_id = ?");
    fixture.queue(3);
    line = fixture.line(DATABASE.leases(), new Mute());

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(fixture.states()).isEqualTo(Map.of("in_doubt", 3)));
    await().atMost(SOON).until(() -> line.slots() == 0);
    assertThat(problem()).contains("IllegalStateException");
  }

  @Test
  void anAnswerLostWithTheConnectionShouldBeTriedAgainOrHeldAsTheMailboxSays() throws Exception {
    LineFixture resending = new LineFixture(DATABASE, 10_000);
    LineFixture holding = new LineFixture(DATABASE, 10_000);
    holding.execute("update tenant.a_mailbox set when_in_doubt = 'hold' where tenant_id = ?");
    resending.queue(5);
    holding.queue(5);
    FakeBackend backend = new FakeBackend();
    backend.verdict = to -> Status.IN_DOUBT;
    line = resending.line(DATABASE.leases(), backend);

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(holding.states()).isEqualTo(Map.of("in_doubt", 5)));
    await().atMost(SOON).until(() -> backend.received.size() == 10 && line.slots() == 0);
    assertThat(resending.states()).isEqualTo(Map.of("due", 5));
    assertThat(resending.events).contains("message.deferred");
  }

  @Test
  void aVersionThatFailsShouldBeLeftByItsTenants() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    FakeBackend good = new FakeBackend();
    line = fixture.line(DATABASE.leases(), good);
    await().atMost(SOON).until(() -> fixture.versions.choice("fake").isPresent());
    FakeBackend failing = new FakeBackend();
    failing.verdict = to -> Status.DEFERRED;
    line.add(failing, "fake", "2.0.0");
    fixture.queue(40);
    awaitAccepted(fixture, 40);
    assertThat(failing.received).isEmpty();

    fixture.moveTo("2.0.0");
    await()
        .atMost(SOON)
        .until(() -> "2.0.0".equals(fixture.versions.wanted("fake", fixture.context.tenantId())));
    fixture.queue(60);

    awaitAccepted(fixture, 100);
    assertThat(good.received).hasSize(100);
    assertThat(Collections.max(good.received.values())).isEqualTo(1);
    assertThat(fixture.events).contains("backend.returned", "message.deferred");
    assertThat(fixture.versions.choice("fake").orElseThrow().reason()).contains("failed");
  }

  @Test
  void aLaneShouldGoOnAsSoonAsItsBackendIsThere() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    FakeBackend backend = new FakeBackend();
    line = fixture.line(DATABASE.leases(), backend);
    line.remove(backend);
    fixture.queue(5);
    await().atMost(SOON).untilAsserted(() -> assertThat(fixture.rests()).isTrue());

    line.add(backend, "fake", "1.0.0");

    awaitAccepted(fixture, 5);
  }

  private String problem() {
    return line.installed().stream()
        .map(Installed::problem)
        .filter(problem -> problem != null)
        .findFirst()
        .orElse("");
  }

  private static void awaitAccepted(LineFixture fixture, int count) {
    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(fixture.states()).isEqualTo(Map.of("accepted", count)));
  }
}
