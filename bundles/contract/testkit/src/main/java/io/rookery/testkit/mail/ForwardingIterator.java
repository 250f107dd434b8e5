// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import io.rookery.spi.mail.OutboundMessage;
import java.util.Iterator;
import java.util.List;

/** An iterator that may wait, as far as a backend can know; it tells a test when it is asked. */
final class ForwardingIterator implements Iterator<OutboundMessage> {

  private final Iterator<OutboundMessage> messages;
  private final Runnable asked;

  ForwardingIterator(List<OutboundMessage> messages, Runnable asked) {
    this.messages = messages.iterator();
    this.asked = asked;
  }

  @Override
  public boolean hasNext() {
    asked.run();
    return messages.hasNext();
  }

  @Override
  public OutboundMessage next() {
    return messages.next();
  }
}
