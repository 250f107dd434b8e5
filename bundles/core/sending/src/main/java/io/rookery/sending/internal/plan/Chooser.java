// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.plan;

import io.rookery.api.campaigns.Campaign;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.store.PlanStore;
import io.rookery.sending.internal.store.PlanStore.Found;
import io.rookery.sending.internal.store.PlanStore.NewRecipient;
import io.rookery.sending.internal.store.PlanStore.Plan;
import io.rookery.sending.internal.store.PlanStore.PlanState;
import io.rookery.sending.internal.store.PlanStore.RecipientState;
import io.rookery.sending.internal.store.PlanStore.Room;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Chooses a campaign's recipients, contact by contact in the order of their ids. Those that
 * mailboxes have room for get their messages in the same transaction, so that their rows are
 * written once; the others wait. Stateless.
 */
final class Chooser {

  /** An open write transaction holds every reader of the log back, so chunks stay small. */
  private static final int CHUNK = 10_000;

  private final PlanStore plans = new PlanStore();
  private final Assigner assigner = new Assigner();

  /**
   * What a chunk came to.
   *
   * @param last the last contact that was looked at
   * @param seen how many contacts were, 0 at the end
   */
  record Chosen(UUID last, int seen, int messages) {}

  /** Chooses the contacts beyond one; whoever is a recipient already stays as it is. */
  Chosen choose(Tx tx, Campaign campaign, UUID beyond, Instant now) throws SQLException {
    Plan plan = plans.lock(tx, campaign.id()).orElseThrow();
    List<Found> found = plans.find(tx, campaign.data().listIds(), beyond, CHUNK);
    if (found.isEmpty()) {
      if (plan.state() == PlanState.CHOOSING) {
        plans.move(tx, campaign.id(), PlanState.ASSIGNING);
      }
      return new Chosen(beyond, 0, 0);
    }
    boolean sends =
        campaign.state() == Campaign.State.RUNNING && plan.state() == PlanState.CHOOSING;
    List<Room> rooms = sends ? plans.rooms(tx, campaign.data().mailboxIds(), now) : List.<Room>of();
    List<NewRecipient> recipients = recipients(found, Wave.size(rooms));
    Set<UUID> added = plans.add(tx, campaign.id(), recipients);
    List<UUID> contacts =
        recipients.stream()
            .filter(each -> each.state() == RecipientState.ASSIGNED)
            .map(NewRecipient::contactId)
            .filter(added::contains)
            .toList();
    if (!contacts.isEmpty()) {
      assigner.send(tx, campaign, plan, new Wave(rooms, contacts), now);
    }
    return new Chosen(found.get(found.size() - 1).contactId(), found.size(), contacts.size());
  }

  private static List<NewRecipient> recipients(List<Found> found, long room) {
    List<NewRecipient> recipients = new ArrayList<>(found.size());
    long left = room;
    for (Found contact : found) {
      RecipientState state =
          contact.barred()
              ? RecipientState.SUPPRESSED
              : left-- > 0 ? RecipientState.ASSIGNED : RecipientState.WAITING;
      recipients.add(new NewRecipient(contact.contactId(), state));
    }
    return recipients;
  }
}
