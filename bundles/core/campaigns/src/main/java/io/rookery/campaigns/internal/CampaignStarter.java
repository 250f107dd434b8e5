// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal;

import io.rookery.campaigns.internal.store.CampaignStore;
import io.rookery.campaigns.internal.store.CampaignStore.Due;
import io.rookery.jobs.Schedule;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Starts scheduled campaigns whose hour has come. */
@Component(
    service = Schedule.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=campaigns)"))
public final class CampaignStarter implements Schedule {

  private static final Logger LOG = LoggerFactory.getLogger(CampaignStarter.class);
  private static final Actor ACTOR = Actor.system("campaigns");
  private static final int AT_A_TIME = 500;

  private final Transactions transactions;
  private final CampaignServiceImpl campaigns;
  private final Clock clock;
  private final CampaignStore store = new CampaignStore();

  /** Makes the schedule. */
  @Activate
  public CampaignStarter(
      @Reference Transactions transactions, @Reference CampaignServiceImpl campaigns) {
    this(transactions, campaigns, Clock.systemUTC());
  }

  CampaignStarter(Transactions transactions, CampaignServiceImpl campaigns, Clock clock) {
    this.transactions = transactions;
    this.campaigns = campaigns;
    this.clock = clock;
  }

  @Override
  public String name() {
    return "campaigns.start";
  }

  @Override
  public Duration every() {
    return Duration.ofSeconds(1);
  }

  @Override
  public void run() {
    List<Due> due =
        transactions.system(
            SystemPurpose.JOBS, system -> store.due(system, clock.instant(), AT_A_TIME));
    for (Due campaign : due) {
      try {
        campaigns.startDue(TenantContext.of(campaign.tenantId(), ACTOR), campaign.id());
      } catch (RuntimeException e) { // One that fails must not keep the others from starting.
        LOG.warn("Campaign {} does not start yet: {}", campaign.id(), e.toString());
      }
    }
  }
}
