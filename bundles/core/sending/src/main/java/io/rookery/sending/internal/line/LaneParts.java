// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.mailboxes.DkimKeys;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.plan.Completion;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.spi.mail.Capability;
import java.time.Clock;
import java.util.List;
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
    Pacing pacing,
    ExecutorService senders,
    LaneStore lanes,
    LargeMails largeMails) {

  static final Actor ACTOR = Actor.system("sending");

  /** For backends that sign by themselves. */
  private static final DkimKeys NO_KEYS = (context, domain) -> List.of();

  Transactions transactions() {
    return neighbours.transactions();
  }

  MailboxService mailboxes() {
    return neighbours.mailboxes();
  }

  Completion completion() {
    return neighbours.completion();
  }

  /** Returns what signs the mail of a turn that works with a backend. */
  TurnSigner signer(TenantContext context, LaneState state, BackendHandle backend) {
    boolean signs = backend.backend().capabilities().contains(Capability.SIGNS_DKIM);
    DkimKeys keys = signs ? NO_KEYS : neighbours.dkimKeys();
    return new TurnSigner(keys, neighbours.signatures(), context, state.address());
  }

  MessageRenderer renderer(TenantContext context, LaneState state, TurnSigner signer) {
    return new MessageRenderer(
        context,
        neighbours.tenants().get(context),
        state,
        new SingleRenderer(context, transactions(), largeMails),
        signer,
        neighbours.contents(),
        neighbours.tokens(),
        neighbours.baseUrl(),
        clock);
  }
}
