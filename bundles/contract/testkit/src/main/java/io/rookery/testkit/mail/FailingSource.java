// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import io.rookery.spi.mail.MessageSource;
import io.rookery.spi.mail.OutboundMessage;
import java.util.Iterator;
import java.util.List;

/** Gives its messages and then fails instead of ending. */
final class FailingSource implements MessageSource {

  private final Iterator<OutboundMessage> messages;

  FailingSource(List<OutboundMessage> messages) {
    this.messages = messages.iterator();
  }

  @Override
  public boolean atHand() {
    return hasNext();
  }

  @Override
  public boolean hasNext() {
    if (!messages.hasNext()) {
      throw new IllegalStateException("The next message cannot be made");
    }
    return true;
  }

  @Override
  public OutboundMessage next() {
    return messages.next();
  }
}
