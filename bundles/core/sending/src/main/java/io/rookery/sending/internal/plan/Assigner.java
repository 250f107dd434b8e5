// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.api.campaigns.Campaign;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.line.RetryPolicy;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.MessageStore;
import io.rookery.sending.internal.store.PlanStore;
import io.rookery.sending.internal.store.PlanStore.Plan;
import io.rookery.sending.internal.store.PlanStore.PlanState;
import io.rookery.sending.internal.store.PlanStore.Room;
import io.rookery.sending.internal.store.Priority;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Makes messages of recipients, in waves: only as many as the campaign's mailboxes have room for
 * within a day, spread over them by their room and their health. Stateless.
 */
final class Assigner {

  /** An open write transaction holds every reader of the log back, so chunks stay small. */
  private static final int CHUNK = 10_000;

  private final PlanStore plans = new PlanStore();
  private final MessageStore messages = new MessageStore();
  private final LaneStore lanes = new LaneStore();

  /**
   * Assigns a chunk; returns how many messages came of it, 0 where none wait or nobody has room.
   */
  int assign(Tx tx, Campaign campaign, Instant now) throws SQLException {
    Plan plan = plans.lock(tx, campaign.id()).orElse(null);
    if (plan == null || plan.state() != PlanState.CHOOSING && plan.state() != PlanState.ASSIGNING) {
      return 0;
    }
    List<Room> rooms = plans.rooms(tx, campaign.data().mailboxIds(), now);
    long room = Wave.size(rooms);
    List<UUID[]> waiting =
        plans.waiting(tx, campaign.id(), (int) Math.max(1, Math.min(CHUNK, room)));
    if (waiting.isEmpty()) {
      if (plan.state() == PlanState.ASSIGNING) {
        plans.move(tx, campaign.id(), PlanState.ASSIGNED);
      }
      return 0;
    }
    if (room == 0) {
      return 0;
    }
    send(tx, campaign, plan, new Wave(rooms, waiting.stream().map(pair -> pair[1]).toList()), now);
    plans.assigned(tx, waiting.stream().map(pair -> pair[0]).toList());
    return waiting.size();
  }

  /** Makes the messages of a wave, due now. */
  void send(Tx tx, Campaign campaign, Plan plan, Wave wave, Instant now) throws SQLException {
    MessageStore.Shared shared =
        new MessageStore.Shared(
                campaign.id(),
                plan.contentId(),
                Priority.CAMPAIGN,
                now,
                now.plus(RetryPolicy.CAMPAIGN))
            .of(campaign);
    messages.insert(tx, shared, wave.messages(), now);
    lanes.makeDue(tx, wave.rooms().stream().map(Room::mailboxId).toList(), now);
  }
}
