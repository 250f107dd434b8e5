// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.link;

import java.time.Instant;
import java.util.UUID;

/**
 * What a mailed link says.
 *
 * @param id of what caused the mail; each works once
 * @param tenantId the tenant that it is about
 * @param subjectId the account, the change or the invitation that it is for
 * @param expiresAt when it stops to work, in whole seconds
 */
public record MailedLink(LinkKind kind, UUID id, UUID tenantId, UUID subjectId, Instant expiresAt) {

  /** Returns when the cause of the mail was. */
  public Instant causedAt() {
    return expiresAt.minus(kind.lifetime());
  }
}
