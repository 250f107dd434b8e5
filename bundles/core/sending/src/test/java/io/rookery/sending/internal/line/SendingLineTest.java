// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.events.Event;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.plan.LaneReader;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Outcome.Status;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SendingLineTest {

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
  void everyDueMessageShouldGoOutOnce() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(1200);
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("accepted", 1200));
    assertThat(backend.received).hasSize(1200);
    assertThat(Collections.max(backend.received.values())).isEqualTo(1);
    assertThat(Collections.frequency(fixture.events, "message.accepted")).isEqualTo(1200);
    assertThat(line.slots()).isZero();
    String mail = new String(backend.messages.peek().content(), StandardCharsets.US_ASCII);
    assertThat(mail).contains("List-Unsubscribe: <https://links.example/u/");
  }

  @Test
  void whatARefusalMeansShouldDecideWhatComesOfAMessage() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(90);
    backend.verdict = to -> Status.values()[Math.floorMod(to.hashCode(), 3)];
    line = fixture.line(DATABASE.leases(), backend);

    await().atMost(SOON).untilAsserted(() -> assertThat(fixture.events).hasSize(90));
    Map<String, Integer> states = fixture.states();
    assertThat(states).containsOnlyKeys("accepted", "due", "failed");
    assertThat(states.get("accepted")).isEqualTo(backend.received.size());
    assertThat(Collections.frequency(fixture.events, "message.deferred"))
        .isEqualTo(states.get("due"));
    assertThat(Collections.frequency(fixture.events, "message.bounced"))
        .isEqualTo(states.get("failed"));
  }

  @Test
  void aMailboxShouldNeverPassItsDailyLimit() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 25);
    fixture.queue(60);
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("accepted", 25, "due", 35));
    await().atMost(SOON).untilAsserted(() -> assertThat(heldBack(fixture)).contains("daily limit"));
    assertThat(backend.received).hasSize(25);
  }

  @Test
  void aRampShouldBoundWhatItsMailboxSendsToday() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 25);
    fixture.execute(
        """
        update tenant.a_mailbox set ramp_from = 10, ramp_to = 500, ramp_days = 42,
          ramp_started_at = now() - interval '25 hours' where tenant_id = ?
        """);
    fixture.queue(60);
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("accepted", 12, "due", 48));
    await().atMost(SOON).untilAsserted(() -> assertThat(heldBack(fixture)).contains("daily limit"));
  }

  @Test
  void aLimitThatIsLoweredShouldHoldInTheMiddleOfATurn() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    changeAmidATurn(fixture, "update tenant.a_mailbox set daily_limit = 60 where tenant_id = ?");

    await().atMost(SOON).untilAsserted(() -> assertThat(heldBack(fixture)).contains("daily limit"));
    // What was given away before the change was read stands: at most the window of this line.
    assertThat(backend.received.size()).isBetween(50, 50 + 16 + 4);
  }

  @Test
  void aTenantThatIsSuspendedShouldStopInTheMiddleOfATurn() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    changeAmidATurn(fixture, "update tenant.a_tenant set status = 'suspended' where tenant_id = ?");

    await().atMost(SOON).untilAsserted(() -> assertThat(heldBack(fixture)).contains("suspended"));
    assertThat(backend.received.size()).isBetween(50, 50 + 16 + 4);
  }

  /** Has 50 of 700 messages go out, changes something, and lets the rest go after two seconds. */
  private void changeAmidATurn(LineFixture fixture, String change) throws Exception {
    fixture.queue(700);
    backend.gate.drainPermits();
    line = fixture.line(DATABASE.leases(), backend);
    backend.gate.release(50);
    await().atMost(SOON).until(() -> backend.received.size() == 50);
    fixture.execute(change);
    await().atMost(SOON).pollDelay(Duration.ofMillis(2100)).until(() -> true);
    backend.gate.release(10_000);
  }

  @Test
  void aServerThatCannotBeReachedForLongShouldPauseItsMailbox() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 25);
    fixture.queue(1);
    fixture.execute(
        """
        update tenant.lane set access_failures =
          array[now() - interval '20 minutes', now() - interval '10 minutes'] where tenant_id = ?
        """);
    backend.failure =
        new BackendException(BackendException.Kind.CONNECTION, "No route to host", null, null);
    line = fixture.line(DATABASE.leases(), backend);

    await().atMost(SOON).until(() -> !fixture.paused.isEmpty());
    assertThat(fixture.paused.peek()).isEqualTo(AutomaticPause.access(PauseCause.CONNECTION, 3, 0));
  }

  @Test
  void whatIsSentShouldWipeFailuresOut() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 25);
    fixture.queue(1);
    fixture.execute(
        """
        update tenant.lane set access_pauses = 2,
          access_failures = array[now() - interval '10 minutes'] where tenant_id = ?
        """);
    line = fixture.line(DATABASE.leases(), backend);

    await()
        .atMost(SOON)
        .until(() -> lane(fixture, "access_pauses || ' ' || access_failures::text").equals("0 {}"));
    assertThat(fixture.paused).isEmpty();
  }

  @Test
  void aPausedCampaignShouldStopAndGoOnWhereItStopped() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    changeAmidATurn(fixture, "update tenant.a_campaign set state = 'paused' where tenant_id = ?");

    await().atMost(SOON).until(() -> line.slots() == 0 && line.lanes() == 0);
    int before = backend.received.size();
    assertThat(before).isLessThan(50 + 16 + 4);
    fixture.execute("update tenant.a_campaign set state = 'running' where tenant_id = ?");
    line.wake();
    awaitStates(fixture, Map.of("accepted", 700));
    assertThat(Collections.max(backend.received.values())).isEqualTo(1);
  }

  @Test
  void aSuspendedTenantShouldSendNothing() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(20);
    fixture.execute("update tenant.a_tenant set status = 'suspended' where tenant_id = ?");
    line = fixture.line(DATABASE.leases(), backend);

    await().atMost(SOON).untilAsserted(() -> assertThat(heldBack(fixture)).contains("suspended"));
    assertThat(backend.received).isEmpty();
    assertThat(fixture.states()).isEqualTo(Map.of("due", 20));

    fixture.execute("update tenant.a_tenant set status = 'active' where tenant_id = ?");
    Event resumed =
        new Event(
            Uuids.next(),
            fixture.context.tenantId(),
            "tenant.resumed",
            Uuids.next(),
            1,
            Instant.now(),
            "OPERATOR:x",
            "r",
            Map.of());
    DATABASE
        .transactions()
        .call(
            fixture.context,
            tx -> {
              new LaneReader(null).apply(tx, List.of(resumed));
              return null;
            });
    awaitStates(fixture, Map.of("accepted", 20));
  }

  @Test
  void aSuppressedContactShouldGetNothing() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(20);
    fixture.execute("update tenant.a_contact set suppressed = true where tenant_id = ?");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("suppressed", 20));
    assertThat(backend.received).isEmpty();
  }

  @Test
  void aBackendThatIsReplacedShouldLoseAndDoubleNothing() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(3000);
    line = fixture.line(DATABASE.leases(), backend);
    for (int swap = 0; swap < 5; swap++) {
      int before = backend.received.size();
      await().atMost(SOON).until(() -> backend.received.size() > before + 100);
      line.remove(backend);
      assertThat(backend.received.size()).isLessThan(3000);
      line.add(backend, "fake", "1.0." + swap);
      // A lane that found no backend rests; what a new backend brings back is tested by its own
      // wake.
      fixture.execute("update tenant.lane set due_at = now() where tenant_id = ?");
    }

    awaitStates(fixture, Map.of("accepted", 3000));
    assertThat(Collections.max(backend.received.values())).isEqualTo(1);
  }

  @Test
  void anAnswerThatStaysOutShouldBeParkedAndNeverSentAgain() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(40);
    backend.silent = true;
    line = fixture.line(DATABASE.leases(), backend);

    await().atMost(SOON).until(() -> fixture.states().getOrDefault("in_doubt", 0) >= 12);
    backend.silent = false;
    backend.withheld.forEach(Runnable::run);
    awaitStates(fixture, Map.of("accepted", 40));
    assertThat(Collections.max(backend.received.values())).isEqualTo(1);
    assertThat(line.slots()).isZero();
  }

  @Test
  void whatStandsInDoubtShouldGoOutAgainOnceSomebodyDecides() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    backend.gate.drainPermits();
    fixture.queue(1);
    line = fixture.line(DATABASE.leases(), backend);
    awaitStates(fixture, Map.of("in_doubt", 1));
    await().atMost(SOON).until(() -> line.slots() == 0);

    fixture.execute("update tenant.message set state = 'due', attempts = 0 where tenant_id = ?");
    fixture.execute("update tenant.lane set due_at = now() where tenant_id = ?");
    await().atMost(SOON).until(() -> line.slots() == 1);
    backend.gate.release(2);
    awaitStates(fixture, Map.of("accepted", 1));
    await().atMost(SOON).until(() -> backend.received.containsValue(2));
  }

  @Test
  void anAccountThatCannotSendShouldRestAndKeepItsMessages() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(5);
    backend.failure =
        new BackendException(
            BackendException.Kind.AUTHENTICATION, "The password is refused", null, null);
    line = fixture.line(DATABASE.leases(), backend);

    await()
        .atMost(SOON)
        .untilAsserted(() -> assertThat(heldBack(fixture)).contains("password is refused"));
    assertThat(fixture.states()).isEqualTo(Map.of("due", 5));
    // Whoever keeps its credentials is told, and may find that a consent is gone.
    assertThat(fixture.refused)
        .isNotEmpty()
        .allSatisfy(account -> assertThat(account.id()).isEqualTo(fixture.mailbox));
    backend.failure = null;
    awaitStates(fixture, Map.of("accepted", 5));
  }

  @Test
  void twoNodesShouldSendEachMessageOnce() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(1500);
    line = fixture.line(DATABASE.leases(), backend);
    try (SendingLine second = fixture.line(DATABASE.anotherNode(), backend)) {
      awaitStates(fixture, Map.of("accepted", 1500));
      assertThat(Collections.max(backend.received.values())).isEqualTo(1);
      assertThat(second.slots()).isZero();
    }
  }

  @Test
  void aContentThatCannotBeReadNowShouldCostNoMessage() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.contentAway = true;
    fixture.queue(20);
    line = fixture.line(DATABASE.leases(), backend);
    await().atMost(SOON).until(() -> line.lanes() == 1);
    await().atMost(SOON).until(() -> line.lanes() == 0);
    assertThat(fixture.states()).isEqualTo(Map.of("due", 20));

    fixture.contentAway = false;
    awaitStates(fixture, Map.of("accepted", 20));
  }

  @Test
  void aDeadLetterOfACompletedCampaignShouldGoOutWhenItIsQueuedAgain() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(5);
    fixture.execute("update tenant.a_campaign set state = 'completed' where tenant_id = ?");
    line = fixture.line(DATABASE.leases(), backend);

    awaitStates(fixture, Map.of("accepted", 5));
  }

  @Test
  void twoNodesShouldKeepALimitTogether() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 300);
    fixture.queue(900);
    line = fixture.line(DATABASE.leases(), backend);
    try (SendingLine second = fixture.line(DATABASE.anotherNode(), backend)) {
      awaitStates(fixture, Map.of("accepted", 300, "due", 600));
      await()
          .atMost(SOON)
          .untilAsserted(() -> assertThat(heldBack(fixture)).contains("daily limit"));
      assertThat(second.slots() + line.slots()).isZero();
    }
    assertThat(backend.received).hasSize(300);
  }

  @Test
  void whatAPlannerCommitsLateShouldNotBeLeftBehind() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    CountDownLatch commit = new CountDownLatch(1);
    CountDownLatch written = new CountDownLatch(1);
    Thread planner =
        new Thread(
            () ->
                fixture.queueThen(
                    50,
                    () -> {
                      written.countDown();
                      commit.await();
                    }));
    planner.start();
    written.await();
    // The late messages stand before these in the lane's order, and are not seen yet.
    fixture.queue(400);
    line = fixture.line(DATABASE.leases(), backend);
    await().atMost(SOON).until(() -> backend.received.size() == 400);

    commit.countDown();
    planner.join();
    awaitStates(fixture, Map.of("accepted", 450));
    assertThat(Collections.max(backend.received.values())).isEqualTo(1);
  }

  private static void awaitStates(LineFixture fixture, Map<String, Integer> wanted) {
    await().atMost(SOON).untilAsserted(() -> assertThat(fixture.states()).isEqualTo(wanted));
  }

  private static String heldBack(LineFixture fixture) {
    return lane(fixture, "coalesce(max(held_back), '')");
  }

  private static String lane(LineFixture fixture, String column) {
    return DATABASE
        .transactions()
        .call(
            fixture.context,
            tx -> {
              try (var rows =
                  tx.connection()
                      .createStatement()
                      .executeQuery("select " + column + " from tenant.lane")) {
                rows.next();
                return rows.getString(1);
              }
            });
  }
}
