// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.mailboxes.DkimKeys;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.link.LinkAddresses;
import io.rookery.sending.internal.link.LinkAddresses.Base;
import io.rookery.sending.internal.plan.Completion;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.spi.mail.Capability;
import io.rookery.spi.mail.EmailBackend;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.ExecutorService;

/** What every turn of every lane works with on this node. */
record LaneParts(
    LineNeighbours neighbours,
    LineSettings settings,
    Clock clock,
    Slots slots,
    Relays relays,
    Flights flights,
    Backends backends,
    LaneFailures failures,
    Resting resting,
    Pacing pacing,
    ExecutorService senders,
    LaneStore lanes,
    LargeMails largeMails,
    CredentialWatch credentials) {

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

  /** Returns what makes the mail of a turn; caught mail is counted without a host for links. */
  MessageRenderer renderer(
      TenantContext context, LaneState state, ServerWay way, TurnSigner signer) {
    EmailBackend by = way.backend().backend();
    boolean caught = by.capabilities().contains(Capability.CATCHES_MAIL);
    Base base = new Base(neighbours.baseUrl(), state.address());
    return new MessageRenderer(
        context,
        neighbours.tenants().get(context),
        state,
        new SingleRenderer(context, transactions(), largeMails, neighbours.letters()),
        signer,
        neighbours.contents(),
        neighbours.tokens(),
        LinkAddresses.of(neighbours.linkHosts(), context, base, caught),
        clock,
        neighbours.envelopes().of(context, by, way.account()));
  }
}
