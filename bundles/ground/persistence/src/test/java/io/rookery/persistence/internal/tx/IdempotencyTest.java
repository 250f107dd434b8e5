// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.SecretBearing;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class IdempotencyTest {

  private static final SettableClock CLOCK = new SettableClock();

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas().withClock(CLOCK);

  record Made(
      UUID id,
      Instant at,
      LocalDate day,
      Duration lasts,
      Optional<String> note,
      List<String> tags,
      Map<String, Integer> counts) {}

  record Shown(UUID id, String secret) implements SecretBearing {}

  private final Transactions transactions = DATABASE.transactions();
  private final TenantContext tenant =
      DATABASE.tenant().with(new IdempotencyKey("key", "fingerprint"));
  private final AtomicInteger runs = new AtomicInteger();

  private final TxWork<Made> work =
      tx -> {
        runs.incrementAndGet();
        return new Made(
            Uuids.next(),
            Instant.parse("2026-11-23T10:11:12.123456Z"),
            LocalDate.of(2026, 11, 23),
            Duration.ofMinutes(3),
            Optional.empty(),
            List.of("a", "b"),
            Map.of("x", 1));
      };

  @Test
  void repeatShouldReturnTheFirstResultWithoutRunningTheWork() {
    Made first = transactions.callOnce(tenant, Made.class, work);
    assertThat(transactions.callOnce(tenant, Made.class, work)).isEqualTo(first);
    assertThat(runs).hasValue(1);
  }

  @Test
  void keyShouldBelongToItsTenant() {
    transactions.callOnce(tenant, Made.class, work);
    TenantContext other = DATABASE.tenant().with(tenant.idempotencyKey());
    transactions.callOnce(other, Made.class, work);
    assertThat(runs).hasValue(2);
  }

  @Test
  void contextWithoutAKeyShouldSimplyRun() {
    transactions.callOnce(tenant.withoutIdempotencyKey(), Made.class, work);
    transactions.callOnce(tenant.withoutIdempotencyKey(), Made.class, work);
    assertThat(runs).hasValue(2);
  }

  @Test
  void workWithoutAResultShouldNotRunAgain() {
    TxWork<Void> nothing =
        tx -> {
          runs.incrementAndGet();
          return null;
        };
    transactions.callOnce(tenant, Void.class, nothing);
    assertThat(transactions.callOnce(tenant, Void.class, nothing)).isNull();
    assertThat(runs).hasValue(1);
  }

  @Test
  void workThatFailedShouldRunAgain() {
    assertThatThrownBy(
            () ->
                transactions.callOnce(
                    tenant,
                    Made.class,
                    tx -> {
                      throw RookeryException.notFound("thing");
                    }))
        .isInstanceOf(RookeryException.class);
    transactions.callOnce(tenant, Made.class, work);
    assertThat(runs).hasValue(1);
  }

  @Test
  void otherRequestUnderTheKeyShouldBeRefused() {
    transactions.callOnce(tenant, Made.class, work);
    TenantContext other = tenant.with(new IdempotencyKey("key", "other"));
    assertThatThrownBy(() -> transactions.callOnce(other, Made.class, work))
        .extracting(IdempotencyTest::code)
        .isEqualTo(CommonErrors.IDEMPOTENCY_KEY_REUSED);
  }

  @Test
  void secretShouldNeitherBeKeptNorShownAgain() throws SQLException {
    UUID id = Uuids.next();
    transactions.callOnce(tenant, Shown.class, tx -> new Shown(id, "hush-hush"));
    assertThatThrownBy(
            () -> transactions.callOnce(tenant, Shown.class, tx -> new Shown(id, "again")))
        .hasMessageContaining(id.toString())
        .extracting(IdempotencyTest::code)
        .isEqualTo(CommonErrors.ALREADY_DONE);
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from tenant.idempotency i where i::text ~ 'hush'")) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }

  @Test
  void secondRequestShouldBeToldAtOnceThatTheFirstStillRuns() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch finish = new CountDownLatch(1);
    ExecutorService executor = Executors.newSingleThreadExecutor();
    try {
      Future<Made> first =
          executor.submit(
              () ->
                  transactions.callOnce(
                      tenant,
                      Made.class,
                      tx -> {
                        running.countDown();
                        await(finish);
                        return work.run(tx);
                      }));
      running.await();
      assertThatThrownBy(() -> transactions.callOnce(tenant, Made.class, work))
          .extracting(IdempotencyTest::code)
          .isEqualTo(CommonErrors.IDEMPOTENCY_KEY_IN_USE);
      finish.countDown();
      assertThat(transactions.callOnce(afterwards(first), Made.class, work)).isEqualTo(first.get());
      assertThat(runs).hasValue(1);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void keyShouldBeFreeAfterADayAndItsRecordSwept() {
    Made first = transactions.callOnce(tenant, Made.class, work);
    IdempotencySweeper sweeper = new IdempotencySweeper(transactions, CLOCK);
    CLOCK.advance(Duration.ofHours(24).minusMillis(1));
    sweeper.sweep();
    assertThat(transactions.callOnce(tenant, Made.class, work)).isEqualTo(first);
    CLOCK.advance(Duration.ofMillis(1));
    assertThat(transactions.callOnce(tenant, Made.class, work)).isNotEqualTo(first);
    CLOCK.advance(Duration.ofHours(24));
    assertThat(sweeper.sweep()).isPositive();
    assertThat(sweeper.sweep()).isZero();
    sweeper.close();
  }

  private TenantContext afterwards(Future<?> first) throws Exception {
    first.get();
    return tenant;
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static ErrorCode code(Throwable failure) {
    return ((RookeryException) failure).code();
  }

  private static final class SettableClock extends Clock {

    private volatile Instant now = Instant.parse("2026-11-23T10:00:00Z");

    void advance(Duration by) {
      now = now.plus(by);
    }

    @Override
    public Instant instant() {
      return now;
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
