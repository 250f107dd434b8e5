// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.secrets.CredentialTopics;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.SendingLanesImpl;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What the line does with the mail of a mailbox that is held. */
class HeldMailboxesTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(30);

  private final FakeBackend backend = new FakeBackend();
  private final SendingLanesImpl elsewhere = new SendingLanesImpl(DATABASE.anotherNode());
  private SendingLine line;

  @AfterEach
  void close() {
    if (line != null) {
      line.close();
    }
  }

  private LineFixture sending() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(500);
    fixture.execute("update tenant.a_mailbox set gap = 10 where tenant_id = ?");
    line = fixture.line(DATABASE.leases(), backend);
    await().atMost(SOON).until(() -> backend.received.size() > 5);
    return fixture;
  }

  private static void hold(LineFixture fixture, Duration time) throws Exception {
    fixture.execute(
        "insert into tenant.mailbox_hold (tenant_id, id, holder, held_until) values (?, ?, ?, ?)",
        fixture.mailbox,
        Uuids.next(),
        Instant.now().plus(time).atOffset(ZoneOffset.UTC));
    DATABASE.epochs().raise(fixture.context.tenantId(), CredentialTopics.mailbox(fixture.mailbox));
  }

  private boolean isQuiet(LineFixture fixture) {
    return elsewhere.isQuiet(fixture.context, fixture.mailbox);
  }

  private void finish(LineFixture fixture) throws Exception {
    fixture.execute("update tenant.a_mailbox set gap = 0 where tenant_id = ?");
    await().atMost(SOON).until(() -> fixture.states().equals(Map.of("accepted", 500)));
    assertThat(Collections.max(backend.received.values())).isEqualTo(1);
  }

  @Test
  void mailShouldWaitUntilTheHoldIsEnded() throws Exception {
    LineFixture fixture = sending();
    assertThat(isQuiet(fixture)).isFalse();

    hold(fixture, Duration.ofMinutes(10));
    await().atMost(Duration.ofSeconds(5)).until(() -> isQuiet(fixture));
    await().atMost(SOON).until(() -> !fixture.heldBack().isEmpty());
    assertThat(fixture.heldBack()).allMatch(why -> why.contains("replaced"));
    int before = backend.received.size();
    assertThat(backend.closed).contains(fixture.mailbox);
    await()
        .during(Duration.ofSeconds(3))
        .atMost(SOON)
        .until(() -> backend.received.size() == before);

    fixture.execute("delete from tenant.mailbox_hold where tenant_id = ?");
    finish(fixture);
  }

  @Test
  void aHoldThatNobodyEndsShouldEndByItself() throws Exception {
    LineFixture fixture = sending();
    hold(fixture, Duration.ofSeconds(6));
    await().atMost(SOON).until(() -> !fixture.heldBack().isEmpty());
    finish(fixture);
  }

  @Test
  void whatIsInFlightShouldEndBeforeALaneIsQuiet() throws Exception {
    LineFixture fixture = sending();
    backend.gate.drainPermits();
    await().atMost(SOON).until(() -> backend.gate.hasQueuedThreads());
    hold(fixture, Duration.ofMinutes(10));
    await().during(Duration.ofSeconds(1)).atMost(SOON).until(() -> !isQuiet(fixture));
    backend.gate.release(Integer.MAX_VALUE / 2);
    await().atMost(SOON).until(() -> isQuiet(fixture));
    fixture.execute("delete from tenant.mailbox_hold where tenant_id = ?");
    finish(fixture);
  }
}
