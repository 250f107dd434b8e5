// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What waits to be sent. Counts are read from indexes and end at {@link #COUNTED}, so that asking
 * costs little however much waits. Thread-safe.
 */
@ProviderType
public interface SendingQueue {

  /** How far is counted; a count of this is to be read as this or more. */
  int COUNTED = 10_000;

  /** Returns the tenant's lanes that hold messages, by mailbox id. */
  Page<Lane> lanes(TenantContext context, PageRequest page);

  /** Returns what waits and what failed of a tenant altogether. */
  Totals totals(TenantContext context);

  /**
   * What waits for one mailbox.
   *
   * @param nextDueAt when it is worked on next, or was to be
   * @param owner the node that works on it, or null
   * @param heldBack why it is not worked on now, or null
   * @param inFlight messages given away whose outcome is not recorded, as of a few seconds ago
   * @param acceptedLastMinute messages that its backend took within the last minute
   */
  record Lane(
      UUID mailboxId,
      Waiting waiting,
      Instant nextDueAt,
      String owner,
      String heldBack,
      int inFlight,
      long acceptedLastMinute) {}

  /**
   * Messages that wait.
   *
   * @param due messages that go out by themselves, now or at their time
   * @param transactional those of them that are transactional
   * @param held messages of paused campaigns
   * @param oldestDueAt when the one that was due first was due, or is; null where none waits
   */
  record Waiting(long due, long transactional, long held, Instant oldestDueAt) {}

  /**
   * A tenant's queue.
   *
   * @param lanes how many lanes hold messages
   * @param heldBack how many of them are held back
   * @param deadLetters messages that were refused for good or given up
   * @param inDoubt messages given away without a final answer
   * @param nextMailboxId the mailbox whose lane is or was due first, or null where none holds any
   */
  record Totals(
      Waiting waiting,
      long lanes,
      long heldBack,
      long deadLetters,
      long inDoubt,
      UUID nextMailboxId) {}
}
