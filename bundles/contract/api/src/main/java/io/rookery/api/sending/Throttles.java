// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Where a tenant's mail goes slower than it could, because receivers asked for it by their replies
 * or because a recipient domain has had its part of the minute. It comes back by itself.
 * Thread-safe.
 */
@ProviderType
public interface Throttles {

  /** The most waiting messages that are counted. */
  int MOST_WAITING = 10_000;

  /**
   * Returns what is slowed down, by mailbox and domain, as it was kept at most some seconds ago; at
   * most 500, those that were slowed down last.
   */
  List<Throttle> list(TenantContext context);

  /**
   * A mailbox whose mail, or whose mail to one domain, goes slower.
   *
   * @param domain the recipient domain, or null where all mail of the mailbox goes slower
   * @param perMinute how many messages a minute go, or null where the receiver does not limit them
   *     any more and some only wait from before
   * @param slowedAt when a receiver last asked for it, or null where none did
   * @param holdUntil the moment before which it does not get faster, or null as above
   * @param replyCode the reply that asked for it, or 0
   * @param enhancedCode its enhanced status code (RFC 3463), or null
   * @param waiting how many messages are put off for it, counted up to {@link #MOST_WAITING}
   */
  record Throttle(
      UUID mailboxId,
      String domain,
      Double perMinute,
      Instant slowedAt,
      Instant holdUntil,
      int replyCode,
      String enhancedCode,
      long waiting) {}
}
