// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.events.EventLog;
import io.rookery.events.EventReader;
import io.rookery.events.NewEvent;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Writers that commit late and out of order, one transaction that stays open for long, a reader
 * whose node dies again and again, and a reader that two nodes hold at a time: each event takes
 * effect once.
 */
class ExactlyOnceTest {

  private static final int WRITERS = 8;
  private static final int TRANSACTIONS = 40;
  private static final long SEED = 20260301;
  private static final ReadingSettings QUICK =
      new ReadingSettings(Duration.ofMillis(5), 20, Duration.ofMillis(20), Duration.ofMillis(50));

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("events");

  private final Effects effects = new Effects(DATABASE);
  private final EventLog log = new EventLogService(() -> 1, null);
  private final List<TenantContext> tenants =
      IntStream.range(0, 5).mapToObj(i -> DATABASE.tenant()).toList();
  private final AtomicBoolean written = new AtomicBoolean();

  @Test
  void everyEventShouldTakeEffectOnceInEachReader() throws Exception {
    effects.create();
    ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 4);
    CountDownLatch half = new CountDownLatch(WRITERS * TRANSACTIONS / 2);
    List<Future<?>> writers = new ArrayList<>();
    writers.add(threads.submit(() -> writeForLong(half)));
    for (int i = 0; i < WRITERS; i++) {
      Random random = new Random(SEED + i);
      writers.add(threads.submit(() -> write(random, half)));
    }
    Future<Integer> deaths = threads.submit(this::runMortally);
    FakeLeases generous = new FakeLeases(true);
    Future<?> one = threads.submit(() -> runDoubly(generous));
    Future<?> two = threads.submit(() -> runDoubly(generous));
    for (Future<?> writer : writers) {
      writer.get(2, TimeUnit.MINUTES);
    }
    written.set(true);
    assertThat(deaths.get(2, TimeUnit.MINUTES)).isGreaterThan(10);
    one.get(2, TimeUnit.MINUTES);
    two.get(2, TimeUnit.MINUTES);
    threads.shutdown();

    for (TenantContext tenant : tenants) {
      assertThat(effects.log(tenant.tenantId())).hasSizeGreaterThan(50);
      for (String reader : List.of("mortal", "double")) {
        assertThat(effects.of(reader, tenant.tenantId()))
            .as("what %s applied for a tenant", reader)
            .isEqualTo(effects.log(tenant.tenantId()));
      }
    }
  }

  private void write(Random random, CountDownLatch half) {
    for (int i = 0; i < TRANSACTIONS; i++) {
      TenantContext tenant = tenants.get(random.nextInt(tenants.size()));
      int events = 1 + random.nextInt(4);
      double pause = random.nextInt(4) == 0 ? random.nextDouble() / 20 : 0;
      DATABASE
          .transactions()
          .call(
              tenant,
              tx -> {
                log.append(tx, IntStream.range(0, events).mapToObj(n -> event()).toList());
                pause(tx.connection().createStatement(), pause);
                return null;
              });
      half.countDown();
    }
  }

  /** The database waits between append and commit, as a slow transaction would have it. */
  private static void pause(Statement statement, double seconds) throws SQLException {
    try (statement) {
      statement.execute("select pg_sleep(" + seconds + ")");
    }
  }

  private void writeForLong(CountDownLatch half) {
    DATABASE
        .transactions()
        .call(
            tenants.get(0),
            tx -> {
              log.append(tx, event());
              try {
                assertThat(half.await(1, TimeUnit.MINUTES)).isTrue();
              } catch (InterruptedException e) {
                throw new IllegalStateException(e);
              }
              log.append(tx, event());
              return null;
            });
  }

  private static NewEvent event() {
    return NewEvent.of("area.done", Uuids.next(), Instant.now(), Map.of("n", 1));
  }

  /** One node after the other takes the reader over and dies; returns how many did. */
  private int runMortally() {
    FakeLeases leases = new FakeLeases(false);
    Random random = new Random(SEED);
    EventReader reader = effects.reader("mortal");
    for (int deaths = 0; ; deaths++) {
      int life = deaths < 15 ? 1 + random.nextInt(8) : Integer.MAX_VALUE;
      DeadlyTransactions transactions =
          new DeadlyTransactions(DATABASE.transactions(), random, life);
      try {
        runUntilAllIsRead(new ReaderLoop(transactions, leases, reader, QUICK, null));
        return deaths;
      } catch (DeadlyTransactions.NodeDied e) {
        leases.expire("reader/mortal");
      }
    }
  }

  /** Runs on a node that believes to be alone although another one holds the lease as well. */
  private void runDoubly(FakeLeases leases) {
    ReaderLoop loop =
        new ReaderLoop(DATABASE.transactions(), leases, effects.reader("double"), QUICK, null);
    AtomicInteger lost = new AtomicInteger();
    boolean all = false;
    while (!all) {
      try {
        runUntilAllIsRead(loop);
        all = true;
      } catch (LeaseLostException e) {
        lost.incrementAndGet();
        loop.stop();
        loop =
            new ReaderLoop(DATABASE.transactions(), leases, effects.reader("double"), QUICK, null);
      }
    }
  }

  private void runUntilAllIsRead(ReaderLoop loop) {
    boolean last = false;
    while (true) {
      boolean more = loop.next().isZero();
      if (last && !more) {
        return;
      }
      last = written.get();
    }
  }
}
