// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.kernel.TenantContext;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Where mail waits for its turn, one lane a mailbox. Thread-safe. */
@ProviderType
public interface SendingLanes {

  /**
   * Returns whether no node works on a mailbox's lane at this moment: the last turn has ended and
   * what it had in flight was answered and recorded. That it stays so is for whoever asks to see to
   * first, by {@link io.rookery.api.mailboxes.MailboxHolds}. Not to be called in a transaction.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where the database cannot be had
   */
  boolean isQuiet(TenantContext context, UUID mailboxId);
}
