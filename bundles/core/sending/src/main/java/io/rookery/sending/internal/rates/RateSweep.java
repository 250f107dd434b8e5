// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import io.rookery.jobs.Schedule;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes the figures that no window reaches any more. */
@Component(
    service = Schedule.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class RateSweep implements Schedule {

  private static final Duration KEPT = Duration.ofMinutes(65);

  private final Transactions transactions;
  private final Clock clock;
  private final RateStore store = new RateStore();

  /** Makes the schedule. */
  @Activate
  public RateSweep(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  RateSweep(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sending.rates";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    transactions.system(
        SystemPurpose.RETENTION,
        connection -> {
          store.sweep(connection, clock.instant().minus(KEPT));
          return null;
        });
  }
}
