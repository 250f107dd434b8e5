// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import java.time.Instant;
import java.util.UUID;

/**
 * That a person is signed in to a tenant somewhere: a refresh token with its successors and the
 * access tokens that were had by them.
 *
 * @param tenantId the tenant that the session is for
 * @param address the network address from which it was last begun or refreshed
 * @param client what the client called itself, or null
 * @param seenAt when it was last begun or refreshed
 * @param expiresAt when it ends unless it is refreshed before
 */
public record Session(
    UUID id,
    UUID tenantId,
    String address,
    String client,
    Instant createdAt,
    Instant seenAt,
    Instant expiresAt) {}
