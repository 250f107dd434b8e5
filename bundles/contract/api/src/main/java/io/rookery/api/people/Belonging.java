// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import java.util.UUID;

/**
 * A tenant of which a person is a member, as that person chooses between several.
 *
 * @param slug the tenant's short name, as it may be signed in to
 * @param role what the person is there
 */
public record Belonging(UUID tenantId, String slug, String name, Role role) {}
