// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.api.campaigns.Campaign;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
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
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Makes messages of waiting recipients, in waves: only as many as the campaign's mailboxes have
 * room for within a day, spread over them by their room and their health. Stateless.
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
    long room = rooms.stream().mapToLong(Room::room).sum();
    List<UUID[]> waiting =
        plans.waiting(tx, campaign.id(), (int) Math.max(1, Math.min(CHUNK, room)));
    if (waiting.isEmpty()) {
      if (plan.state() == PlanState.ASSIGNING) {
        plans.move(tx, campaign.id(), PlanState.ASSIGNED);
      }
      return 0;
    }
    return room == 0 ? 0 : assign(tx, campaign, plan, new Wave(rooms, waiting, now));
  }

  private int assign(Tx tx, Campaign campaign, Plan plan, Wave wave) throws SQLException {
    Instant now = wave.now();
    MessageStore.Shared shared =
        new MessageStore.Shared(
                campaign.id(),
                plan.contentId(),
                Priority.CAMPAIGN,
                now,
                now.plus(RetryPolicy.CAMPAIGN))
            .of(campaign);
    messages.insert(tx, shared, wave.messages(), now);
    plans.assigned(tx, wave.waiting().stream().map(pair -> pair[0]).toList());
    lanes.makeDue(tx, wave.rooms().stream().map(Room::mailboxId).toList(), now);
    return wave.waiting().size();
  }

  /** Some waiting recipients and the mailboxes that have room for all of them. */
  record Wave(List<Room> rooms, List<UUID[]> waiting, Instant now) {

    /**
     * Returns a message for each recipient, mailboxes taking turns by the share that their room and
     * their health give them; whoever has no room left takes none.
     */
    List<MessageStore.New> messages() {
      long[] left = rooms.stream().mapToLong(Room::room).toArray();
      double[] credit = new double[left.length];
      double total = rooms.stream().mapToDouble(Room::weight).sum();
      List<MessageStore.New> messages = new ArrayList<>(waiting.size());
      for (UUID[] pair : waiting) {
        int best = -1;
        for (int i = 0; i < left.length; i++) {
          credit[i] += rooms.get(i).weight() / total;
          if (left[i] > 0 && (best < 0 || credit[i] > credit[best])) {
            best = i;
          }
        }
        credit[best]--;
        left[best]--;
        Room room = rooms.get(best);
        messages.add(
            new MessageStore.New(Uuids.next(), pair[1], null, room.mailboxId(), room.host()));
      }
      return messages;
    }
  }
}
