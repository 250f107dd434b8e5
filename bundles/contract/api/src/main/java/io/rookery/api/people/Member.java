// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.people;

import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * A person's membership of a tenant.
 *
 * @param id the id of the membership
 * @param userId the id of the person, the same in every tenant
 * @param email the address that the person signs in with
 * @param name the person's name
 * @param version rises with each change, for If-Match
 * @param workspaceIds the workspaces that the person sees, or null for the whole tenant
 */
public record Member(
    UUID id,
    UUID userId,
    String email,
    String name,
    Role role,
    Instant joinedAt,
    long version,
    Set<UUID> workspaceIds) {

  /** Copies the workspaces. */
  public Member {
    workspaceIds = workspaceIds == null ? null : Set.copyOf(workspaceIds);
  }

  /** Makes a member who sees the whole tenant. */
  public Member(
      UUID id, UUID userId, String email, String name, Role role, Instant joinedAt, long version) {
    this(id, userId, email, name, role, joinedAt, version, null);
  }
}
