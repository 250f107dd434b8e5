// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.store.HealthStore;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Removes counts that no window reaches any more. */
@Component(
    service = Schedule.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class HealthSweep implements Schedule {

  private static final Duration KEPT = Duration.ofDays(31);
  private static final int CHUNK = 5000;
  private static final Actor ACTOR = Actor.system("sending");

  private final Transactions transactions;
  private final Clock clock;
  private final HealthStore store = new HealthStore();

  /** Makes the schedule. */
  @Activate
  public HealthSweep(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  HealthSweep(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sending.health";
  }

  @Override
  public Duration every() {
    return Duration.ofHours(1);
  }

  @Override
  public void run() throws InterruptedException {
    Instant before = clock.instant().minus(KEPT);
    for (UUID tenant : transactions.system(SystemPurpose.RETENTION, store::tenants)) {
      int removed = CHUNK;
      while (removed == CHUNK) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        removed =
            transactions.call(
                TenantContext.of(tenant, ACTOR), tx -> store.remove(tx, before, CHUNK));
      }
    }
  }
}
