// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.time.Duration;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Where a backend asks leave for each message and tells what became of it. Thread-safe. */
@ProviderType
public interface OutcomeSink {

  /** The answers to an offer. */
  enum Offer {
    /** Send it now; one of the node's slots is taken until the outcome is recorded. */
    GRANTED,
    /** No slot came free in time; the same message may be offered again. */
    BUSY,
    /** Do not send it and offer no more in this call: lease, seal or pause forbids. */
    REFUSED,
    /** Do not send this one, for it was cancelled or suppressed; go on with the next. */
    SKIP
  }

  /**
   * Asks to send a message now.
   *
   * @param wait how long to wait for a slot. A backend that still has a final reply to read passes
   *     zero and reads it first, else all slots could come to wait for each other.
   */
  Offer offer(UUID messageId, Duration wait) throws InterruptedException;

  /** Tells what became of a granted message; never blocks on the database. */
  void report(Outcome outcome);
}
