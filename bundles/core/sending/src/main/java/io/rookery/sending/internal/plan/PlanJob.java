// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.plan.Chooser.Chosen;
import io.rookery.sending.internal.store.PlanStore;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Plans a campaign: chooses its recipients, in chunks that survive a kill, and makes the first wave
 * of its messages; that begins with the first chunk, so that nobody waits for the whole list. Later
 * waves are made by {@link Waves}.
 */
@Component(
    service = JobHandler.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class PlanJob implements JobHandler {

  static final String KIND = "sending.plan";

  private static final UUID FIRST = new UUID(0, 0);

  private final Transactions transactions;
  private final CampaignService campaigns;
  private final Completion completion;
  private final Clock clock;
  private final PlanStore plans = new PlanStore();
  private final Chooser chooser = new Chooser();
  private final Assigner assigner = new Assigner();

  /** Makes the handler. */
  @Activate
  public PlanJob(@Reference Transactions transactions, @Reference CampaignService campaigns) {
    this(transactions, campaigns, Clock.systemUTC());
  }

  PlanJob(Transactions transactions, CampaignService campaigns, Clock clock) {
    this.transactions = transactions;
    this.campaigns = campaigns;
    this.completion = new Completion(transactions, campaigns);
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, ?> run(JobRun run) throws InterruptedException {
    Campaign campaign = campaigns.get(run.context(), run.subjectId());
    if (!going(campaign)) {
      return Map.of();
    }
    transactions.call(
        run.context(),
        tx -> {
          plans.begin(tx, campaign.id(), campaign.contentId(), clock.instant());
          return null;
        });
    Planned first = choose(run, campaign);
    long made = first.messages() + wave(run.context(), campaign.id());
    return Map.of("chosen", first.chosen(), "messages", made);
  }

  private static boolean going(Campaign campaign) {
    return campaign.state() == Campaign.State.RUNNING || campaign.state() == Campaign.State.PAUSED;
  }

  private record Planned(long chosen, long messages) {}

  private Planned choose(JobRun run, Campaign campaign) {
    UUID last = UUID.fromString((String) run.checkpoint().getOrDefault("last", FIRST.toString()));
    long count = ((Number) run.checkpoint().getOrDefault("count", 0)).longValue();
    long made = 0;
    for (boolean more = true; more; ) {
      run.check();
      Campaign now = campaigns.get(run.context(), campaign.id());
      UUID beyond = last;
      long before = count;
      Chosen chunk =
          transactions.call(
              run.context(),
              tx -> {
                Chosen found = chooser.choose(tx, now, beyond, clock.instant());
                long done = before + found.seen();
                run.advance(tx, Map.of("last", found.last().toString(), "count", done), done, 0);
                return found;
              });
      last = chunk.last();
      count += chunk.seen();
      made += chunk.messages();
      more = chunk.seen() > 0;
    }
    return new Planned(count, made);
  }

  /** Makes messages for as many waiting recipients as there is room for; returns how many. */
  long wave(TenantContext context, UUID campaignId) {
    long made = 0;
    for (int chunk = -1; chunk != 0; made += chunk) {
      chunk = assign(context, campaignId);
    }
    completion.check(context, List.of(campaignId));
    return made;
  }

  private int assign(TenantContext context, UUID campaignId) {
    Campaign campaign = campaigns.get(context, campaignId);
    return campaign.state() == Campaign.State.RUNNING
        ? transactions.call(context, tx -> assigner.assign(tx, campaign, clock.instant()))
        : 0;
  }
}
