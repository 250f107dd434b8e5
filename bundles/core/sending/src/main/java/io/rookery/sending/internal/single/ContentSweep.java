// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.store.ContentRetention;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Removes what messages of no campaign said: a day after they were sent or cancelled, a week after
 * they became dead letters.
 */
@Component(
    service = Schedule.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class ContentSweep implements Schedule {

  private static final Duration ENDED = Duration.ofDays(1);
  private static final Duration DIED = Duration.ofDays(7);
  private static final int CHUNK = 500;
  private static final Actor ACTOR = Actor.system("sending");

  private final Transactions transactions;
  private final Clock clock;
  private final ContentRetention retention = new ContentRetention();

  /** Makes the schedule. */
  @Activate
  public ContentSweep(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  ContentSweep(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "sending.contents";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(10);
  }

  @Override
  public void run() throws InterruptedException {
    Instant now = clock.instant();
    for (UUID tenant : transactions.system(SystemPurpose.RETENTION, retention::tenants)) {
      TenantContext context = TenantContext.of(tenant, ACTOR);
      int removed = CHUNK;
      while (removed >= CHUNK) {
        if (Thread.interrupted()) {
          throw new InterruptedException();
        }
        removed =
            transactions.call(
                context, tx -> retention.remove(tx, now.minus(ENDED), now.minus(DIED), CHUNK));
      }
    }
  }
}
