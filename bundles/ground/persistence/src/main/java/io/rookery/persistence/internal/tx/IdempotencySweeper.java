// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Removes idempotency records that have expired, a thousand to a transaction. */
@Component(immediate = true, service = IdempotencySweeper.class)
public final class IdempotencySweeper {

  private static final Logger LOG = LoggerFactory.getLogger(IdempotencySweeper.class);
  private static final long PERIOD_MINUTES = 10;

  private final Transactions transactions;
  private final Clock clock;
  private final IdempotencyRecords records;
  private final ScheduledExecutorService executor;

  /** Sweeps every ten minutes. */
  @Activate
  public IdempotencySweeper(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  /** Sweeps by a given clock. */
  public IdempotencySweeper(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
    this.records = new IdempotencyRecords(clock);
    this.executor =
        Executors.newSingleThreadScheduledExecutor(work -> new Thread(work, "rookery-sweeper"));
    executor.scheduleWithFixedDelay(
        this::sweepQuietly, PERIOD_MINUTES, PERIOD_MINUTES, TimeUnit.MINUTES);
  }

  /** Ends the sweeping. */
  @Deactivate
  public void close() {
    executor.shutdownNow();
  }

  private void sweepQuietly() {
    try {
      sweep();
    } catch (RuntimeException e) {
      LOG.warn("Expired idempotency records were not removed: {}", e.getMessage());
    }
  }

  /** Removes what has expired by now and returns how many records that were. */
  public int sweep() {
    int all = 0;
    int some;
    do {
      some = transactions.system(SystemPurpose.RETENTION, c -> records.sweep(c, clock.instant()));
      all += some;
    } while (some > 0 && !Thread.currentThread().isInterrupted());
    return all;
  }
}
