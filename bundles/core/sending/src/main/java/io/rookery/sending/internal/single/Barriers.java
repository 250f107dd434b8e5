// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.contacts.SuppressionService.Barrier;
import io.rookery.api.contacts.SuppressionService.Reason;

/**
 * Who may be written to by a message of no campaign. Commercial mail goes to nobody who is
 * suppressed. Transactional mail passes over those who unsubscribed, for they left the newsletter
 * and not their orders; it never passes over a bounce, a complaint, an objection or what was set by
 * hand. Nobody whose data is restricted (GDPR Art. 18) gets either.
 */
public final class Barriers {

  /** What is said of a message that is not sent. */
  public static final String REFUSED = "The recipient may not be written to";

  private Barriers() {}

  /** Returns whether a barrier, null for none, forbids mail. */
  public static boolean forbid(boolean transactional, Barrier barrier) {
    if (barrier == null) {
      return false;
    }
    return barrier.restricted()
        || barrier.reasons().stream()
            .anyMatch(reason -> !transactional || reason != Reason.UNSUBSCRIBE);
  }
}
