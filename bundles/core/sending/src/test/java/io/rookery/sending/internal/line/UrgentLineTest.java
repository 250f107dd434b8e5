// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.kernel.Uuids;
import io.rookery.persistence.internal.lease.LeasesService;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.MessageStore.Shared;
import io.rookery.sending.internal.store.Priority;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Urgent messages that another node took: this one hears of them from the database alone. */
class UrgentLineTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("sending", "neighbours");

  private static final Duration SOON = Duration.ofSeconds(30);
  private static final String URGENT = "urgent@x.example";

  /** Nothing is parked while a test looks. */
  private static final LineSettings PATIENT =
      new LineSettings(16, Duration.ofMinutes(5), Duration.ofSeconds(1), Duration.ofMinutes(5));

  private final FakeBackend backend = new FakeBackend();
  private SendingLine line;

  @AfterEach
  void close() throws SQLException {
    backend.silent = false;
    backend.withheld.forEach(Runnable::run);
    backend.gate.release(100_000);
    if (line != null) {
      line.close();
    }
    // What is left would be sent by the next test's line.
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("delete from tenant.message");
      statement.execute("delete from tenant.lane");
    }
  }

  @Test
  void whatIsUrgentShouldGoNextThoughItsLaneHasABlockAtHand() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    fixture.queue(400);
    backend.parallelism = 1;
    backend.gate.drainPermits();
    line = fixture.line(DATABASE.leases(), backend, PATIENT);
    await().atMost(SOON).until(() -> line.slots() == 1);
    queueUrgent(fixture, fixture.mailbox);

    int steps = 0;
    while (!backend.received.containsKey(URGENT) && steps < 400) {
      steps++;
      int wanted = steps;
      backend.gate.release();
      await().atMost(SOON).until(() -> backend.received.size() == wanted);
    }

    // The line looks five times a second, and ten steps take one.
    assertThat(steps).isLessThanOrEqualTo(10);
  }

  @Test
  void whoeverWaitsForASlotWithACampaignShouldGiveWay() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    UUID second = Uuids.next();
    fixture.execute("insert into tenant.a_mailbox values (?, ?, 10000, 0, false)", second);
    backend.silent = true;
    line = fixture.line(DATABASE.leases(), backend, PATIENT);
    fixture.queue(30);
    await().atMost(SOON).until(() -> line.slots() == 12);
    queue(fixture, second, Priority.CAMPAIGN, addresses("second", 30));
    await().atMost(SOON).until(() -> line.slots() == 14);

    queueUrgent(fixture, second);

    await().atMost(SOON).until(() -> backend.received.containsKey(URGENT));
    assertThat(backend.received).hasSize(15);
  }

  @Test
  void aNodeWithoutAPlaceShouldMakeOneForWhatIsUrgent() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    backend.parallelism = 1;
    backend.gate.drainPermits();
    line = fixture.line(DATABASE.leases(), backend, PATIENT);
    for (int lane = 0; lane < 64; lane++) {
      UUID mailbox = Uuids.next();
      fixture.execute("insert into tenant.a_mailbox values (?, ?, 10000, 0, false)", mailbox);
      queue(fixture, mailbox, Priority.CAMPAIGN, addresses("l" + lane, 2));
    }
    await().atMost(SOON).until(() -> line.lanes() == 64 && line.slots() == 14);

    queueUrgent(fixture, fixture.mailbox);

    await().atMost(SOON).until(() -> line.slots() == 15);
    assertThat(line.lanes()).isGreaterThan(64);
  }

  @Test
  void anIdleLaneShouldSendWhatIsUrgentOnceOnWhicheverNode() throws Exception {
    LineFixture fixture = new LineFixture(DATABASE, 10_000);
    line = fixture.line(DATABASE.leases(), backend);
    LeasesService node = DATABASE.anotherNode();
    try (SendingLine other = fixture.line(node, backend)) {
      for (int i = 0; i < 20; i++) {
        int wanted = i + 1;
        queue(fixture, fixture.mailbox, Priority.TRANSACTIONAL, List.of(i + "@x.example"));
        await().atMost(SOON).until(() -> backend.received.size() == wanted);
      }
      await().atMost(SOON).until(() -> line.lanes() + other.lanes() == 0);
    } finally {
      node.close();
    }
    assertThat(backend.received).hasSize(20);
    assertThat(backend.received.values()).containsOnly(1);
    assertThat(urgentAt(fixture)).isNull();
  }

  private static List<String> addresses(String name, int count) {
    List<String> addresses = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      addresses.add(name + "-" + i + "@x.example");
    }
    return addresses;
  }

  private static void queueUrgent(LineFixture fixture, UUID mailbox) {
    queue(fixture, mailbox, Priority.TRANSACTIONAL, List.of(URGENT));
  }

  private static void queue(
      LineFixture fixture, UUID mailbox, int priority, List<String> addresses) {
    Instant now = Instant.now();
    Shared shared =
        new Shared(fixture.campaign, fixture.campaign, priority, now, now.plusSeconds(3600));
    DATABASE
        .transactions()
        .call(
            fixture.context,
            tx -> {
              new MessageStore()
                  .insert(
                      tx,
                      shared,
                      addresses.stream()
                          .map(to -> new MessageStore.New(Uuids.next(), null, to, mailbox, "e.org"))
                          .toList(),
                      now);
              new LaneStore().makeDue(tx, List.of(mailbox), now);
              new LaneStore().makeUrgent(tx, List.of(mailbox));
              return null;
            });
  }

  private static Object urgentAt(LineFixture fixture) {
    return DATABASE
        .transactions()
        .call(
            fixture.context,
            tx -> {
              try (var rows =
                  tx.connection()
                      .createStatement()
                      .executeQuery("select urgent_at from tenant.lane")) {
                rows.next();
                return rows.getObject(1);
              }
            });
  }
}
