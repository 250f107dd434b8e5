// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.util.Iterator;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Messages that can tell whether the next one has to be waited for. The platform's iterators are of
 * this type; a backend that groups messages asks before it pulls while one is under way, for a
 * granted message must not wait for another. Any other iterator counts as one that may wait.
 */
@ProviderType
public interface MessageSource extends Iterator<OutboundMessage> {

  /**
   * Returns whether {@link #hasNext} is true and answers without waiting: for a mailbox's gap, for
   * new work, for the database. It may pull and render, as {@code hasNext} does, and keeps what it
   * pulled.
   */
  boolean atHand();
}
