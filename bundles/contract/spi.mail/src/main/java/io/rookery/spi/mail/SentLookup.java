// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.util.Optional;
import org.osgi.annotation.versioning.ConsumerType;

/** The ability to tell whether a message that is in doubt was taken. */
@ConsumerType
public interface SentLookup {

  /**
   * Looks for a message by its idempotency key or Message-ID.
   *
   * @return what became of it, or empty where it was certainly not taken
   * @throws BackendException where that cannot be told now
   */
  Optional<Outcome> find(Account account, OutboundMessage message)
      throws BackendException, InterruptedException;
}
