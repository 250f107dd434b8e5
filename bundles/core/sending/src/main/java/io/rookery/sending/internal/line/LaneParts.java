// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.mailboxes.MailboxService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.plan.Completion;
import io.rookery.sending.internal.store.LaneStore;
import java.time.Clock;
import java.util.concurrent.ExecutorService;

/** What every turn of every lane works with on this node. */
record LaneParts(
    LineNeighbours neighbours,
    LineSettings settings,
    Clock clock,
    Slots slots,
    Flights flights,
    Backends backends,
    LaneFailures failures,
    Resting resting,
    ExecutorService senders,
    LaneStore lanes,
    LargeMails largeMails) {

  static final Actor ACTOR = Actor.system("sending");

  Transactions transactions() {
    return neighbours.transactions();
  }

  MailboxService mailboxes() {
    return neighbours.mailboxes();
  }

  Completion completion() {
    return neighbours.completion();
  }

  MessageRenderer renderer(TenantContext context, LaneState state) {
    return new MessageRenderer(
        context,
        neighbours.tenants().get(context),
        state,
        new SingleRenderer(context, transactions(), largeMails),
        neighbours.contents(),
        neighbours.tokens(),
        neighbours.baseUrl(),
        clock);
  }
}
