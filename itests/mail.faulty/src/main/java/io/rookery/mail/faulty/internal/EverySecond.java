// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.faulty.internal;

import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.OutcomeSink;
import java.time.Duration;
import java.util.Iterator;
import java.util.UUID;

/** One call's messages and outcomes, in which a fault strikes at every second granted message. */
final class EverySecond implements Iterator<OutboundMessage>, OutcomeSink {

  private final Iterator<OutboundMessage> messages;
  private final OutcomeSink outcomes;
  private final Fault fault;
  private OutboundMessage current;
  private long granted;

  EverySecond(Iterator<OutboundMessage> messages, OutcomeSink outcomes, Fault fault) {
    this.messages = messages;
    this.outcomes = outcomes;
    this.fault = fault;
  }

  @Override
  public boolean hasNext() {
    return messages.hasNext();
  }

  @Override
  public OutboundMessage next() {
    current = messages.next();
    return current;
  }

  /** Grants as the platform does; the message under way is the one that was pulled last. */
  @Override
  public Offer offer(UUID messageId, Duration wait) throws InterruptedException {
    Offer offer = outcomes.offer(messageId, wait);
    if (offer != Offer.GRANTED || ++granted % 2 == 1) {
      return offer;
    }
    return fault.strike(current, outcomes) ? Offer.GRANTED : Offer.SKIP;
  }

  @Override
  public void report(Outcome outcome) {
    outcomes.report(outcome);
  }
}
