// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.jobs.Schedule;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.Challenges;
import io.rookery.tenancy.internal.people.store.Failures;
import io.rookery.tenancy.internal.people.store.LinkUses;
import io.rookery.tenancy.internal.people.store.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removes accounts that no tenant has as a member, ten minutes on as other orphans are, and
 * sessions, failures and links that are over.
 */
@Component(
    service = Schedule.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class PeopleSweep implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(PeopleSweep.class);
  private static final Duration AGE = Duration.ofMinutes(10);

  private final Accounts accounts;
  private final Sessions sessions;
  private final Failures failures;
  private final LinkUses uses;
  private final Challenges challenges;
  private final Clock clock;

  /** Sweeps once the tables are there. */
  @Activate
  public PeopleSweep(@Reference Transactions transactions) {
    this(transactions, Clock.systemUTC());
  }

  /** Sweeps by a given clock. */
  public PeopleSweep(Transactions transactions, Clock clock) {
    this.accounts = new Accounts(transactions);
    this.sessions = new Sessions(transactions);
    this.failures = new Failures(transactions);
    this.uses = new LinkUses(transactions);
    this.challenges = new Challenges(transactions);
    this.clock = clock;
  }

  @Override
  public String name() {
    return "tenancy-people";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(5);
  }

  @Override
  public void run() {
    Instant now = clock.instant();
    int orphans = accounts.sweep(now.minus(AGE));
    int over = sessions.sweep(now);
    failures.sweep(now);
    uses.sweep(now);
    challenges.sweep(now);
    if (orphans + over > 0) {
      LOG.info("Removed {} accounts and pointers of no tenant, {} sessions", orphans, over);
    }
  }
}
