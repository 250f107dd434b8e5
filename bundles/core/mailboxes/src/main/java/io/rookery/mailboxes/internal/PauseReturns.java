// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.events.EventLog;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.pause.PauseStore;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends automatic pauses whose time is over. Looks at the present state, so it may come twice. */
@Component(service = Schedule.class)
public final class PauseReturns implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(PauseReturns.class);
  private static final Actor ACTOR = Actor.system("mailboxes");
  private static final int AT_A_TIME = 1000;

  private final Transactions transactions;
  private final SendingPausesImpl pauses;
  private final MailboxPauses mailboxes;
  private final Clock clock;
  private final PauseStore store = new PauseStore();

  /** Makes the schedule. */
  @Activate
  public PauseReturns(
      @Reference Transactions transactions,
      @Reference EventLog events,
      @Reference SendingPausesImpl pauses) {
    this(transactions, events, pauses, Clock.systemUTC());
  }

  PauseReturns(Transactions transactions, EventLog events, SendingPausesImpl pauses, Clock clock) {
    this.transactions = transactions;
    this.pauses = pauses;
    this.mailboxes = new MailboxPauses(events, clock);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "mailboxes.returns";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() throws InterruptedException {
    List<UUID> tenants =
        transactions.system(
            SystemPurpose.JOBS, system -> store.tenantsDue(system, clock.instant(), AT_A_TIME));
    for (UUID tenant : tenants) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      TenantContext context = TenantContext.of(tenant, ACTOR);
      try {
        // Apart: a pause of a domain touches mailboxes after itself, as do those that pause.
        transactions.call(context, pauses::returnDue);
        transactions.call(context, mailboxes::returnDue);
      } catch (RookeryException e) {
        LOG.warn("The pauses of tenant {} end later: {}", tenant, e.toString());
      }
    }
  }
}
