// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rookery.events.Event;
import io.rookery.events.EventLog;
import io.rookery.events.EventReader;
import io.rookery.events.NewEvent;
import io.rookery.events.internal.EventLogService;
import io.rookery.events.internal.ReaderPump;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Leases;
import io.rookery.persistence.test.TestDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ReaderLoopTest {

  private static final ReadingSettings QUICK =
      new ReadingSettings(Duration.ofMillis(10), 5, Duration.ofMillis(20), Duration.ofMillis(50));

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("events");

  private static final Effects EFFECTS = new Effects(DATABASE);

  private final EventLog log = new EventLogService(() -> 1, null);
  private final TenantContext tenant = DATABASE.tenant();
  private final TenantContext other = DATABASE.tenant();
  private final String name = "reader-" + Uuids.next();
  private Duration rest = Duration.ZERO;

  @BeforeAll
  static void createEffects() throws SQLException {
    EFFECTS.create();
  }

  @Test
  void readerShouldApplyEachEventOnceInOrder() {
    append(tenant, "area.done", 12);
    append(other, "area.done", 3);
    ReaderLoop loop = loop(EFFECTS.reader(name), new FakeLeases(false));

    drain(loop);
    append(tenant, "area.done", 4);
    drain(loop);

    assertAllApplied(tenant);
    assertAllApplied(other);
  }

  @Test
  void readerShouldBeGivenTheTypesItWantsOnly() {
    append(tenant, "area.done", 2);
    append(tenant, "area.undone", 3);

    drain(loop(EFFECTS.reader(name, Set.of("area.undone")), new FakeLeases(false)));

    assertThat(EFFECTS.of(name, tenant.tenantId()))
        .isEqualTo(EFFECTS.log(tenant.tenantId()).subList(2, 5));
  }

  @Test
  void readerShouldWaitForAnOlderTransactionThatCommitsLate() throws Exception {
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    Thread late =
        new Thread(
            () ->
                DATABASE
                    .transactions()
                    .call(
                        tenant,
                        tx -> {
                          log.append(tx, event("area.late"));
                          begun.countDown();
                          awaitLatch(finish);
                          return null;
                        }));
    late.start();
    awaitLatch(begun);
    append(other, "area.done", 2);
    ReaderLoop loop = loop(EFFECTS.reader(name), new FakeLeases(false));

    drain(loop);
    // A reader without the bound would be here now, and past the event that is yet to commit.
    LogPosition unbound = lastVisible(other);
    assertThat(EFFECTS.of(name, other.tenantId())).isEmpty();
    finish.countDown();
    late.join();
    drain(loop);

    assertAllApplied(tenant);
    assertAllApplied(other);
    assertThat(lastVisible(tenant)).isLessThan(unbound);
  }

  @Test
  void readerThatLosesItsLeaseBeforeTheCommitShouldLeaveTheEventsToTheNext() {
    append(tenant, "area.done", 3);
    FakeLeases leases = new FakeLeases(false);
    AtomicInteger calls = new AtomicInteger();
    EventReader loser =
        reader(
            (tx, events) -> {
              Effects.note(tx, name, events);
              if (calls.incrementAndGet() == 1) {
                leases.expire("reader/" + name);
              }
            });
    ReaderLoop first = loop(loser, leases);
    ReaderLoop second = loop(loser, leases);

    assertThatThrownBy(() -> drain(first)).isInstanceOf(LeaseLostException.class);
    assertThat(EFFECTS.of(name, tenant.tenantId())).isEmpty();
    drain(second);

    assertThat(calls).hasValueGreaterThan(1);
    assertAllApplied(tenant);
  }

  @Test
  void tenantWhoseEventsFailShouldBeCaughtUpWithAloneAndInOrder() {
    AtomicBoolean healed = new AtomicBoolean();
    EventReader fussy =
        reader(
            (tx, events) -> {
              Effects.note(tx, name, events);
              if (!healed.get() && events.stream().anyMatch(e -> e.type().equals("area.poison"))) {
                throw new IllegalStateException("poison");
              }
            });
    append(tenant, "area.done", 3);
    append(tenant, "area.poison", 1);
    append(other, "area.done", 3);
    ReaderLoop loop = loop(fussy, new FakeLeases(false));
    drain(loop);
    append(tenant, "area.done", 20);
    append(other, "area.done", 9);
    drain(loop);

    assertAllApplied(other);
    assertThat(EFFECTS.of(name, tenant.tenantId())).hasSizeLessThan(4);
    assertThat(behind()).containsExactly(tenant.tenantId());

    healed.set(true);
    await().until(() -> drained(loop) && behind().isEmpty());
    assertAllApplied(tenant);
    append(tenant, "area.done", 2);
    drain(loop);
    assertAllApplied(tenant);
  }

  @Test
  void newHolderShouldKnowWhoIsBehind() {
    AtomicBoolean healed = new AtomicBoolean();
    EventReader fussy =
        reader(
            (tx, events) -> {
              if (!healed.get()) {
                throw new IllegalStateException("poison");
              }
              Effects.note(tx, name, events);
            });
    append(tenant, "area.done", 3);
    FakeLeases leases = new FakeLeases(false);
    drain(loop(fussy, leases));
    leases.expire("reader/" + name);
    append(tenant, "area.done", 3);
    healed.set(true);
    ReaderLoop next = loop(fussy, leases);

    await().until(() -> drained(next) && behind().isEmpty());

    assertAllApplied(tenant);
  }

  @Test
  void readerShouldGoOnInANewIncarnationWhoseTransactionIdsBeginAnew() throws SQLException {
    append(tenant, "area.done", 7);
    drain(loop(EFFECTS.reader(name), new FakeLeases(false)));
    List<UUID> before = EFFECTS.log(tenant.tenantId());
    try {
      EFFECTS.owner("update tenant.event set xid = (xid::text::bigint + 1000000)::text::xid8");
      EFFECTS.owner(
          "update platform.reader_cursor set xid = (xid::text::bigint + 1000000)::text::xid8");
      EFFECTS.owner(
          "update tenant.reader_position set xid = (xid::text::bigint + 1000000)::text::xid8");
      EFFECTS.owner("update platform.log_incarnation set incarnation = 2");
      append(new EventLogService(() -> 2, null), tenant, "area.done", 8);

      drain(loop(EFFECTS.reader(name), new FakeLeases(false)));

      assertThat(EFFECTS.log(tenant.tenantId()))
          .hasSize(15)
          .startsWith(before.toArray(UUID[]::new));
      assertAllApplied(tenant);
    } finally {
      EFFECTS.owner("update platform.log_incarnation set incarnation = 1");
    }
  }

  @Test
  void readerShouldRestAsLongAsItSaysAndNoLessThanTheNodeDoes() {
    ReaderLoop loop = loop(reader((tx, events) -> {}), new FakeLeases(false));
    drain(loop);
    assertThat(loop.next()).isEqualTo(QUICK.poll());
    rest = Duration.ofSeconds(2);
    assertThat(loop.next()).isEqualTo(rest);
    rest = Duration.ofMillis(1);
    assertThat(loop.next()).isEqualTo(QUICK.poll());
    loop.stop();
  }

  @Test
  void pumpShouldRunReadersWhileTheyAreThere() {
    ReaderPump pump = new ReaderPump(DATABASE.transactions(), DATABASE.leases(), QUICK, 2);
    EventReader reader = EFFECTS.reader(name);
    append(tenant, "area.done", 7);
    pump.add(reader);
    await().untilAsserted(() -> assertAllApplied(tenant));
    pump.remove(reader);
    append(tenant, "area.done", 2);

    assertThat(DATABASE.leases().acquire("reader/" + name)).get().satisfies(Leases.Lease::close);
    assertThat(EFFECTS.of(name, tenant.tenantId())).hasSize(7);
    pump.add(reader);
    await().untilAsserted(() -> assertAllApplied(tenant));
    pump.close();
  }

  private interface Application {
    void apply(Tx tx, List<Event> events) throws SQLException;
  }

  private EventReader reader(Application application) {
    return new EventReader() {
      @Override
      public Duration rest() {
        return rest;
      }

      @Override
      public String name() {
        return name;
      }

      @Override
      public Set<String> types() {
        return Set.of();
      }

      @Override
      public void apply(Tx tx, List<Event> events) throws SQLException {
        application.apply(tx, events);
      }
    };
  }

  private static ReaderLoop loop(EventReader reader, Leases leases) {
    return new ReaderLoop(DATABASE.transactions(), leases, reader, QUICK, null);
  }

  private static void drain(ReaderLoop loop) {
    while (loop.next().isZero()) {
      Thread.onSpinWait();
    }
  }

  private static boolean drained(ReaderLoop loop) {
    drain(loop);
    return true;
  }

  private List<UUID> behind() {
    return EFFECTS.ids(
        "select tenant_id from platform.reader_behind where reader = '" + name + "'");
  }

  private void assertAllApplied(TenantContext context) {
    assertThat(EFFECTS.of(name, context.tenantId()))
        .isNotEmpty()
        .isEqualTo(EFFECTS.log(context.tenantId()));
  }

  private LogPosition lastVisible(TenantContext context) {
    return DATABASE
        .transactions()
        .call(
            context,
            tx -> {
              try (var statement = tx.connection().createStatement();
                  var row =
                      statement.executeQuery(
                          "select incarnation, xid, id from tenant.event"
                              + " order by incarnation desc, xid desc, id desc limit 1")) {
                row.next();
                return Positions.read(row, 1);
              }
            });
  }

  private void append(TenantContext context, String type, int count) {
    append(log, context, type, count);
  }

  private static void append(EventLog log, TenantContext context, String type, int count) {
    for (int i = 0; i < count; i++) {
      DATABASE
          .transactions()
          .call(
              context,
              tx -> {
                log.append(tx, event(type));
                return null;
              });
    }
  }

  private static NewEvent event(String type) {
    return NewEvent.of(type, Uuids.next(), Instant.now(), Map.of());
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
