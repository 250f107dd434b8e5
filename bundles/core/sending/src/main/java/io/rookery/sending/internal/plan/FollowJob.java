// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignService;
import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.MessageStore.Move;
import io.rookery.sending.internal.store.PlanStore;
import io.rookery.sending.internal.store.PlanStore.PlanState;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Brings the queue in line with a campaign that was paused, resumed or cancelled. The line itself
 * reads the state at every claim and stops at once; this only spares it from passing over the same
 * messages again and again. Looks at the present state, so jobs may come late or twice.
 */
@Component(
    service = JobHandler.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=sending)"))
public final class FollowJob implements JobHandler {

  static final String KIND = "sending.follow";

  private static final int CHUNK = 10_000;

  private final Transactions transactions;
  private final CampaignService campaigns;
  private final Clock clock;
  private final MessageStore messages = new MessageStore();
  private final LaneStore lanes = new LaneStore();
  private final PlanStore plans = new PlanStore();

  /** Makes the handler. */
  @Activate
  public FollowJob(@Reference Transactions transactions, @Reference CampaignService campaigns) {
    this(transactions, campaigns, Clock.systemUTC());
  }

  FollowJob(Transactions transactions, CampaignService campaigns, Clock clock) {
    this.transactions = transactions;
    this.campaigns = campaigns;
    this.clock = clock;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, ?> run(JobRun run) throws InterruptedException {
    long moved = 0;
    for (int chunk = -1; chunk != 0; moved += chunk) {
      run.check();
      // The state is read anew for each chunk: a campaign may be resumed while it is being held.
      Campaign campaign = campaigns.get(run.context(), run.subjectId());
      chunk = transactions.call(run.context(), tx -> chunk(tx, campaign));
    }
    return Map.of("moved", moved);
  }

  private int chunk(Tx tx, Campaign campaign) throws SQLException {
    UUID id = campaign.id();
    return switch (campaign.state()) {
      case PAUSED -> messages.move(tx, id, new Move(List.of("due"), "held", null), CHUNK);
      case RUNNING -> release(tx, id);
      case CANCELLED -> cancel(tx, id);
      default -> 0;
    };
  }

  private int release(Tx tx, UUID campaignId) throws SQLException {
    int moved = messages.move(tx, campaignId, new Move(List.of("held"), "due", null), CHUNK);
    lanes.makeDue(tx, messages.lanes(tx, campaignId), clock.instant());
    return moved;
  }

  private int cancel(Tx tx, UUID campaignId) throws SQLException {
    Move end = new Move(List.of("due", "held"), "cancelled", clock.instant());
    int moved =
        messages.move(tx, campaignId, end, CHUNK) + messages.cancelWaiting(tx, campaignId, CHUNK);
    if (moved == 0) {
      plans.move(tx, campaignId, PlanState.ENDED);
    }
    return moved;
  }
}
