// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import java.time.Instant;
import java.util.UUID;

/**
 * A person who can sign in, in whichever tenants.
 *
 * @param email the address that the person signs in with, as it was given
 * @param name the name for people
 * @param emailVerified whether somebody has shown that they read what is mailed there
 * @param secondFactor whether signing in asks for a code besides the password
 */
public record User(
    UUID id,
    String email,
    String name,
    boolean emailVerified,
    boolean secondFactor,
    Instant createdAt) {}
