// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.rookery.jobs.Job;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.EntityWork;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.SystemWork;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.TxWork;
import io.rookery.persistence.test.TestDatabase;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import javax.persistence.EntityManagerFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A job whose run cannot even begin, as the database is away just then. */
class JobStartTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("jobs");

  @Test
  void jobThatCannotBeginShouldBeTriedAgainSoon() {
    TenantContext tenant = DATABASE.tenant();
    JobServiceImpl jobs =
        new JobServiceImpl(DATABASE.transactions(), (tx, events) -> {}, Clock.systemUTC());
    Away away = new Away(DATABASE.transactions(), 2);
    Duration soon = Duration.ofMillis(50);
    JobSettings settings = new JobSettings("node", 2, soon, Duration.ofMillis(200), soon);
    JobEngine engine =
        new JobEngine(away, DATABASE.systemDataSource(), settings, Clock.systemUTC());
    try {
      engine.add(TestHandlers.handler("simple", run -> Map.of()));
      Job job =
          DATABASE
              .transactions()
              .call(tenant, tx -> jobs.submit(tx, "simple", Uuids.next(), Map.of()));
      await()
          .untilAsserted(
              () -> assertThat(jobs.get(tenant, job.id()).state()).isEqualTo(Job.State.SUCCEEDED));
      assertThat(away.failures.get()).isNegative();
    } finally {
      engine.close();
    }
  }

  /** Transactions of tenants that fail a number of times, as without a database. */
  private static final class Away implements Transactions {

    private final Transactions transactions;
    private final AtomicInteger failures;

    Away(Transactions transactions, int failures) {
      this.transactions = transactions;
      this.failures = new AtomicInteger(failures);
    }

    @Override
    public <R> R call(TenantContext context, TxWork<R> work) {
      if (failures.getAndDecrement() > 0) {
        throw RookeryException.unavailable("away", Duration.ofSeconds(5), null);
      }
      return transactions.call(context, work);
    }

    @Override
    public <R> R callOnce(TenantContext context, Class<R> resultType, TxWork<R> work) {
      return transactions.callOnce(context, resultType, work);
    }

    @Override
    public <R> R callEntity(TenantContext context, EntityManagerFactory unit, EntityWork<R> work) {
      return transactions.callEntity(context, unit, work);
    }

    @Override
    public <R> R callEntityOnce(
        TenantContext context, EntityManagerFactory unit, Class<R> resultType, EntityWork<R> work) {
      return transactions.callEntityOnce(context, unit, resultType, work);
    }

    @Override
    public <R> R system(SystemPurpose purpose, SystemWork<R> work) {
      return transactions.system(purpose, work);
    }
  }
}
