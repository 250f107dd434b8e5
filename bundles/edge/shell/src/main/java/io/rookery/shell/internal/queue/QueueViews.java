// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.queue;

import io.rookery.api.sending.SendingQueue;
import io.rookery.api.sending.SendingQueue.Lane;
import io.rookery.api.sending.SendingQueue.Totals;
import io.rookery.api.sending.SendingRates.Outcomes;
import io.rookery.shell.internal.View;

/** How queues and rates are shown. */
final class QueueViews {

  static final View<Lane> LANES =
      View.<Lane>empty()
          .column("mailbox_id", Lane::mailboxId)
          .column("due", lane -> count(lane.waiting().due()))
          .column("transactional_due", lane -> count(lane.waiting().transactional()))
          .column("held", lane -> count(lane.waiting().held()))
          .column("oldest_due_at", lane -> lane.waiting().oldestDueAt())
          .column("next_due_at", Lane::nextDueAt)
          .column("in_flight", Lane::inFlight)
          .column("accepted_last_minute", Lane::acceptedLastMinute)
          .column("owner", Lane::owner)
          .column("held_back", Lane::heldBack);

  /** A tenant's queue in the operator's list. */
  record TenantQueue(String tenant, String id, Totals totals, Outcomes lastMinute) {

    boolean empty() {
      return totals.lanes() == 0
          && totals.deadLetters() == 0
          && totals.inDoubt() == 0
          && totals.waiting().held() == 0;
    }
  }

  static final View<TenantQueue> TENANTS =
      View.<TenantQueue>empty()
          .column("tenant", TenantQueue::tenant)
          .detail("tenant_id", TenantQueue::id)
          .column("due", queue -> count(queue.totals().waiting().due()))
          .column("transactional_due", queue -> count(queue.totals().waiting().transactional()))
          .column("held", queue -> count(queue.totals().waiting().held()))
          .column("next_due_at", queue -> queue.totals().waiting().oldestDueAt())
          .column("lanes", queue -> queue.totals().lanes())
          .column("lanes_held_back", queue -> queue.totals().heldBack())
          .column("accepted_last_minute", queue -> queue.lastMinute().accepted())
          .column("dead_letters", queue -> count(queue.totals().deadLetters()))
          .column("in_doubt", queue -> count(queue.totals().inDoubt()));

  private QueueViews() {}

  /** Counting ends somewhere, and the figure says so. */
  private static Object count(long count) {
    return count < SendingQueue.COUNTED ? (Object) count : count + "+";
  }
}
