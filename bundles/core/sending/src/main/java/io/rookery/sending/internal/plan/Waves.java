// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.store.PlanStore;
import io.rookery.sending.internal.store.PlanStore.OpenPlan;
import java.time.Clock;
import java.time.Duration;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the next wave of every campaign whose recipients wait for room, and completes what is done.
 */
@Component(
    service = Schedule.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class Waves implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(Waves.class);
  private static final Actor ACTOR = Actor.system("sending");

  private final Transactions transactions;
  private final PlanJob planner;
  private final PlanStore plans = new PlanStore();

  /** Makes the schedule. */
  @Activate
  public Waves(@Reference Transactions transactions, @Reference CampaignService campaigns) {
    this(transactions, campaigns, Clock.systemUTC());
  }

  Waves(Transactions transactions, CampaignService campaigns, Clock clock) {
    this.transactions = transactions;
    this.planner = new PlanJob(transactions, campaigns, clock);
  }

  @Override
  public String name() {
    return "sending.waves";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(15);
  }

  @Override
  public void run() {
    for (OpenPlan plan : transactions.system(SystemPurpose.LANES, plans::open)) {
      try {
        planner.wave(TenantContext.of(plan.tenantId(), ACTOR), plan.campaignId());
      } catch (RookeryException e) {
        LOG.warn("Campaign {} gets no further now: {}", plan.campaignId(), e.toString());
      }
    }
  }
}
