// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * A domain that a tenant means to send for.
 *
 * @param workspaceId the workspace that it is in
 * @param name in A-labels
 * @param state whether its records are right
 * @param returnPathHost the host of the envelope's sender
 * @param trackingHost the host that links in its mails lead to
 * @param selectors its DKIM selectors, newest first
 * @param records what should stand in DNS, with what was last seen of it
 * @param checkedAt when the records were last looked at, or null
 * @param verifiedAt since when it has been verified, or null
 * @param driftingSince since when a needed record of a verified domain has been found wrong, or
 *     null; after two such checks an hour apart it fails
 * @param failingAt since when it has been failing, or null
 * @param version rises with each change
 */
public record SendingDomain(
    UUID id,
    UUID workspaceId,
    String name,
    State state,
    String returnPathHost,
    String trackingHost,
    List<DkimSelector> selectors,
    List<DomainRecord> records,
    Instant checkedAt,
    Instant verifiedAt,
    Instant driftingSince,
    Instant failingAt,
    Instant createdAt,
    long version) {

  /** Whether a domain's records are right. */
  public enum State {
    /** They have not been right yet. */
    PENDING,
    /** They are right; the tenant may send for it. */
    VERIFIED,
    /** They were right once, and are wrong now. */
    FAILING
  }

  /** Copies the lists. */
  public SendingDomain {
    selectors = List.copyOf(selectors);
    records = List.copyOf(records);
  }
}
