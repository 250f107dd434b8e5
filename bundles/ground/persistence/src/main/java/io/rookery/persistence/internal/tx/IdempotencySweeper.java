// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.internal.thread.Periodic;
import java.time.Clock;
import java.time.Duration;
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
  private static final Duration PERIOD = Duration.ofMinutes(10);

  private final Transactions transactions;
  private final Clock clock;
  private final IdempotencyRecords records;
  private final Periodic sweeper;

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
    this.sweeper = Periodic.later("rookery-sweeper", PERIOD, this::sweepQuietly);
  }

  /** Ends the sweeping. */
  @Deactivate
  public void close() {
    sweeper.close();
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
