// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import io.rookery.spi.mail.MessageSource;
import io.rookery.spi.mail.OutboundMessage;
import java.util.Iterator;
import java.util.List;

/** Messages that are all at hand. */
public final class ListSource implements MessageSource {

  private final Iterator<? extends OutboundMessage> messages;

  /** Gives the messages of a list in order. */
  public ListSource(List<? extends OutboundMessage> messages) {
    this.messages = messages.iterator();
  }

  @Override
  public boolean atHand() {
    return messages.hasNext();
  }

  @Override
  public boolean hasNext() {
    return messages.hasNext();
  }

  @Override
  public OutboundMessage next() {
    return messages.next();
  }
}
