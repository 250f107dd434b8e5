// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.version;

import io.rookery.api.sending.BackendVersions.State;
import io.rookery.api.sending.BackendVersions.Use;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;

/**
 * Which version of one backend each tenant is to use.
 *
 * @param tenants the tenants that were moved, where not everybody was
 * @param revision rises with each change
 */
public record VersionChoice(
    String backend,
    String current,
    String next,
    State state,
    boolean everybody,
    Set<UUID> tenants,
    int returnAbove,
    String reason,
    long revision,
    Instant changedAt) {

  /** Copies the set. */
  public VersionChoice {
    tenants = Set.copyOf(tenants);
  }

  /** Returns the version that a tenant is to use. */
  public String wanted(UUID tenantId) {
    boolean moved = everybody || tenants.contains(tenantId);
    return state == State.MOVING && moved ? next : current;
  }

  /** Returns this with some tenants, or everybody, moved to a version. */
  public VersionChoice moved(String version, boolean all, Set<UUID> moved, int bound, Instant at) {
    return new VersionChoice(
        backend, current, version, State.MOVING, all, moved, bound, null, revision, at);
  }

  /** Returns this with everybody back at the current version. */
  public VersionChoice returned(String why, Instant at) {
    return new VersionChoice(
        backend, current, next, State.RETURNED, false, Set.of(), returnAbove, why, revision, at);
  }

  /** Returns this with a version as the current one, for all. */
  public VersionChoice settled(String version, Instant at) {
    return new VersionChoice(
        backend, version, null, State.STEADY, false, Set.of(), returnAbove, null, revision, at);
  }

  /** Returns it as others see it. */
  public Use toUse() {
    return new Use(
        backend, current, next, state, everybody, tenants.size(), returnAbove, reason, changedAt);
  }
}
