// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import java.time.Instant;
import java.util.UUID;

/**
 * A person's membership of a tenant.
 *
 * @param id the id of the membership
 * @param userId the id of the person, the same in every tenant
 * @param email the address that the person signs in with
 * @param name the person's name
 * @param version rises with each change, for If-Match
 */
public record Member(
    UUID id, UUID userId, String email, String name, Role role, Instant joinedAt, long version) {}
