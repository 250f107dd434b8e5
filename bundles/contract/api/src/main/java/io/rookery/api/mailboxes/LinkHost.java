// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.time.Instant;
import java.util.UUID;

/**
 * The host that links in the mail of a domain lead to.
 *
 * @param host in A-labels
 * @param domainId the domain that it was made with, which may be gone
 * @param verifiedAt since when it is verified, or null
 * @param endedAt when it last ceased to be; mail from before then keeps its links, or null
 * @param trouble what keeps it from being verified, in a sentence, or null
 * @param dueAt when it is looked at next
 */
public record LinkHost(
    UUID id,
    String host,
    UUID domainId,
    State state,
    Instant verifiedAt,
    Instant endedAt,
    String trouble,
    Instant dueAt) {

  /** Whether links may lead to a host. */
  public enum State {
    /** It has never been verified. */
    PENDING,
    /** New mail has its links there. */
    VERIFIED,
    /** It was verified once; links of mail from then lead on, new mail has none there. */
    FAILING
  }
}
