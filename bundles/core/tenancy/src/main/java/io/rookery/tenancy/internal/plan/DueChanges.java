// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.events.EventLog;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.auth.KeyCache;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the changes of plans that are due, each in a transaction of its tenant. */
@Component(service = Schedule.class)
public final class DueChanges implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(DueChanges.class);
  private static final Actor ACTOR = Actor.system("tenancy");
  private static final int AT_A_TIME = 500;

  private final Transactions transactions;
  private final Epochs epochs;
  private final Changes changes;
  private final Clock clock;

  /** Works once the tables are there, which standings wait for. */
  @Activate
  public DueChanges(
      @Reference Transactions transactions,
      @Reference Epochs epochs,
      @Reference EventLog log,
      @Reference Standings standings) {
    this(transactions, epochs, new Changes(standings, log), Clock.systemUTC());
  }

  DueChanges(Transactions transactions, Epochs epochs, Changes changes, Clock clock) {
    this.transactions = transactions;
    this.epochs = epochs;
    this.changes = changes;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "tenancy-subscriptions";
  }

  @Override
  public Duration every() {
    return Duration.ofMinutes(1);
  }

  @Override
  public void run() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    for (UUID tenant :
        transactions.system(
            SystemPurpose.SUBSCRIPTIONS,
            connection -> SubscriptionRows.due(connection, now, AT_A_TIME))) {
      apply(tenant, now);
    }
  }

  /** One tenant's trouble is not the others'. */
  private void apply(UUID tenant, Instant now) {
    try {
      if (transactions.call(TenantContext.of(tenant, ACTOR), tx -> changes.apply(tx, now))) {
        epochs.raise(tenant, KeyCache.TENANT);
      }
    } catch (RookeryException e) {
      LOG.warn("The plan of tenant {} cannot be changed now: {}", tenant, e.getMessage());
    }
  }
}
