// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.Asks;
import io.rookery.tenancy.internal.people.store.Challenges;
import io.rookery.tenancy.internal.people.store.DepartedSecrets;
import io.rookery.tenancy.internal.people.store.EmailChanges;
import io.rookery.tenancy.internal.people.store.Failures;
import io.rookery.tenancy.internal.people.store.LinkUses;
import io.rookery.tenancy.internal.people.store.Sessions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
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

  private static final int MOST = 100;

  private final PlatformSecrets secrets;
  private final OperatorTenant operator;
  private final DepartedSecrets departed;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Failures failures;
  private final LinkUses uses;
  private final Asks asks;
  private final EmailChanges changes;
  private final Challenges challenges;
  private final Clock clock;

  /** Sweeps once the tables are there. */
  @Activate
  public PeopleSweep(
      @Reference Transactions transactions,
      @Reference PlatformSecrets secrets,
      @Reference OperatorTenant operator) {
    this(transactions, secrets, operator, Clock.systemUTC());
  }

  /** Sweeps by a given clock. */
  public PeopleSweep(
      Transactions transactions, PlatformSecrets secrets, OperatorTenant operator, Clock clock) {
    this.secrets = secrets;
    this.operator = operator;
    this.departed = new DepartedSecrets(transactions);
    this.accounts = new Accounts(transactions);
    this.sessions = new Sessions(transactions);
    this.failures = new Failures(transactions);
    this.uses = new LinkUses(transactions);
    this.asks = new Asks(transactions);
    this.changes = new EmailChanges(transactions);
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
    asks.sweep(now);
    changes.sweep(now);
    challenges.sweep(now);
    purge(now);
    if (orphans + over > 0) {
      LOG.info("Removed {} accounts and pointers of no tenant, {} sessions", orphans, over);
    }
  }

  /** What the store does not let go of now, as it is sealed, goes another time. */
  private void purge(Instant now) {
    TenantContext platform = TenantContext.of(operator.id(), Actor.system("tenancy"));
    for (UUID id : departed.due(now, MOST)) {
      try {
        secrets.purge(platform, SecondFactors.reference(id), "totp.remove");
      } catch (RookeryException e) {
        LOG.warn("Secrets of ended second factors are purged another time: {}", e.getMessage());
        return;
      }
      departed.gone(id);
    }
  }
}
