// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.store;

import io.rookery.api.people.Role;
import java.util.UUID;

/** A tenant in which a person is a member, and what the person is there. */
public record Place(UUID tenantId, String tenantSlug, Role role) {}
