// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.MessageSource;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.OutcomeSink.Offer;
import io.rookery.spi.mail.RawMessage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.UUID;

/**
 * One call of {@code send}. Granted messages are gathered and kept in one transaction, then told; a
 * gathered message never waits for another that is not at hand. Used by one thread.
 */
final class Catching {

  private static final Duration PATIENCE = Duration.ofSeconds(1);
  private static final int MOST_MESSAGES = 50;
  private static final int MOST_OCTETS = 8 << 20;

  private final CaughtMails mails;
  private final UUID tenantId;
  private final Iterator<OutboundMessage> messages;
  private final OutcomeSink outcomes;
  private final List<RawMessage> gathered = new ArrayList<>();
  private int octets;
  private OutboundMessage held;
  private boolean refused;

  Catching(
      CaughtMails mails, UUID tenantId, Iterator<OutboundMessage> messages, OutcomeSink outcomes) {
    this.mails = mails;
    this.tenantId = tenantId;
    this.messages = messages;
    this.outcomes = outcomes;
  }

  /** Catches until there is no more or no more leave; whatever was granted is told at the end. */
  void run() throws BackendException, InterruptedException {
    try {
      while (hasMore()) {
        offer(held == null ? messages.next() : held);
        if (gathered.size() >= MOST_MESSAGES || octets >= MOST_OCTETS || !isAtHand()) {
          keep();
        }
      }
    } finally {
      keep();
    }
  }

  private boolean hasMore() throws InterruptedException {
    boolean more = !refused && (held != null || messages.hasNext());
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    return more;
  }

  private boolean isAtHand() {
    return held == null && messages instanceof MessageSource source && !refused && source.atHand();
  }

  private void offer(OutboundMessage message) throws InterruptedException {
    held = null;
    // With outcomes still to be told, waiting could be waiting for one's own slots.
    Offer offer = outcomes.offer(message.id(), gathered.isEmpty() ? PATIENCE : Duration.ZERO);
    switch (offer) {
      case BUSY -> held = message;
      case REFUSED -> refused = true;
      case GRANTED -> take(message);
      case SKIP -> {}
    }
  }

  private void take(OutboundMessage message) {
    if (!(message instanceof RawMessage raw)) {
      Verdict none = Verdict.NO_TEMPLATE;
      outcomes.report(Outcome.of(message, none.status(), none.reply(), null));
    } else if (raw.recipients().stream().anyMatch(to -> Verdict.of(raw, to).isAccepted())) {
      gathered.add(raw);
      octets += raw.content().length;
    } else {
      report(raw);
    }
  }

  private void report(RawMessage message) {
    outcomes.report(
        new Outcome(
            message.id(),
            message.recipients().stream().map(to -> Verdict.of(message, to).on(to)).toList(),
            null));
  }

  private void keep() throws BackendException {
    if (gathered.isEmpty()) {
      return;
    }
    List<RawMessage> batch = List.copyOf(gathered);
    gathered.clear();
    octets = 0;
    try {
      mails.add(tenantId, batch);
    } catch (RuntimeException e) {
      Verdict none = Verdict.NOT_KEPT;
      batch.forEach(m -> outcomes.report(Outcome.of(m, none.status(), none.reply(), null)));
      throw new BackendException(
          Kind.CONNECTION, "The sandbox cannot keep mails now", none.reply(), e);
    }
    batch.forEach(this::report);
  }
}
