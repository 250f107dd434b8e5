// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.api.campaigns.CampaignService;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.PlanStore;
import io.rookery.sending.internal.store.PlanStore.PlanState;
import java.sql.SQLException;
import java.util.Collection;
import java.util.UUID;

/**
 * Notices that nothing of a campaign is left to send, and says so. Thread-safe; may be repeated.
 */
public final class Completion {

  private final Transactions transactions;
  private final CampaignService campaigns;
  private final PlanStore plans = new PlanStore();
  private final MessageStore messages = new MessageStore();

  /** Makes the check. */
  public Completion(Transactions transactions, CampaignService campaigns) {
    this.transactions = transactions;
    this.campaigns = campaigns;
  }

  /** Completes those of some campaigns of which nothing is left. */
  public void check(TenantContext context, Collection<UUID> campaignIds) {
    for (UUID id : campaignIds) {
      if (transactions.call(context, tx -> drained(tx, id))) {
        campaigns.complete(context, id);
        transactions.call(
            context,
            tx -> {
              plans.move(tx, id, PlanState.ENDED);
              return null;
            });
      }
    }
  }

  private boolean drained(Tx tx, UUID id) throws SQLException {
    boolean assigned =
        plans.lock(tx, id).filter(plan -> plan.state() == PlanState.ASSIGNED).isPresent();
    return assigned && !messages.anyLeft(tx, id);
  }
}
