// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import io.rookery.kernel.TenantContext;
import java.time.Duration;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Keeps the mail of a mailbox waiting for a short while, such as while what it signs in by is
 * replaced. Nothing is lost: messages stay due and go out once the hold has ended. A hold ends by
 * itself after its time, so that nobody who dies leaves a mailbox silent. Thread-safe.
 */
@ProviderType
public interface MailboxHolds {

  /** After this every node that lives has ended its turn and closed what was signed in. */
  Duration KNOWN = Duration.ofSeconds(5);

  /**
   * Has a mailbox send nothing for some time from now on, or lengthens a hold of the same holder.
   * Every node is told, by the epoch of the mailbox's credentials; not to be called in a
   * transaction. Whether there is such a mailbox is not looked at.
   *
   * @param holder what the mailbox is held for; a hold of another one is taken over
   * @param time for how long, should nobody end or lengthen it
   * @return for how long the nodes have been told without a break; zero the first time
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where the database cannot be had
   */
  Duration hold(TenantContext context, UUID mailboxId, UUID holder, Duration time);

  /** Ends a hold; nothing happens where it has ended, or somebody else took it over. */
  void release(TenantContext context, UUID mailboxId, UUID holder);
}
