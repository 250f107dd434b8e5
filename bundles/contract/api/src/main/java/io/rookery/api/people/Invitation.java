// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import java.time.Instant;
import java.util.UUID;

/**
 * An invitation that was neither taken up nor taken back.
 *
 * @param email who is invited
 * @param role the role that the person is to have
 * @param invitedBy who invites, as {@code kind:id}
 * @param mailedAt when the mail with the link was last asked for
 * @param expiresAt when the newest link stops to work
 */
public record Invitation(
    UUID id,
    String email,
    Role role,
    String invitedBy,
    Instant createdAt,
    Instant mailedAt,
    Instant expiresAt,
    long version) {}
