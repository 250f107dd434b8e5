// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.store.Asks;
import java.time.Instant;
import java.util.UUID;

/** How often somebody may have links mailed. Whether there is an account plays no part. */
final class AskLimits {

  private final KeyDigests digests;
  private final Asks asks;

  AskLimits(Transactions transactions, KeyDigests digests) {
    this.digests = digests;
    this.asks = new Asks(transactions);
  }

  /**
   * Counts an ask; returns whether it is not one too many for its address.
   *
   * @throws RookeryException {@code rate_limited} where the source asks too often
   */
  boolean admit(String emailKey, String source, Instant now) {
    Asks.Admission admission =
        asks.ask(digest("account\n" + emailKey), digest("source\n" + Sources.of(source)), now);
    if (!admission.fromSource()) {
      throw RookeryException.rateLimited("Too many links were asked for from here", Asks.WINDOW);
    }
    return admission.ofAccount();
  }

  /**
   * Counts a mail that somebody else than its reader asks for.
   *
   * @throws RookeryException {@code rate_limited} where it is one too many for its address
   */
  void admit(UUID subject, Instant now) {
    if (!asks.ask(digest("subject\n" + subject), now)) {
      throw RookeryException.rateLimited("The mail was sent often enough for now", Asks.WINDOW);
    }
  }

  private byte[] digest(String text) {
    return digests.digest("ask\n" + text).digest();
  }
}
