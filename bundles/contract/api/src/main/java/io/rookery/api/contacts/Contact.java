// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import java.time.Instant;
import java.util.UUID;

/**
 * A contact.
 *
 * @param data what is said of it; no field but the country, basis, source and names may be null
 * @param suppressed whether no commercial mail goes to its address
 * @param version rises with each change, for If-Match
 */
public record Contact(
    UUID id,
    ContactData data,
    boolean suppressed,
    Instant createdAt,
    Instant updatedAt,
    long version) {}
