// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.api.tenancy.AddressRange;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.TenantContext.Mode;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * What decides about a request by a key.
 *
 * @param addresses the ranges that the key may be used from; empty for everywhere
 * @param expiresAt when the key ends, or null
 * @param suspended whether its tenant is
 * @param workspaces the workspaces that it sees, or null for the whole tenant
 */
public record StoredKey(
    Set<Scope> scopes,
    List<AddressRange> addresses,
    Mode mode,
    Instant expiresAt,
    boolean revoked,
    boolean suspended,
    Set<UUID> workspaces) {

  /** Copies the scopes and addresses. */
  public StoredKey {
    scopes = Set.copyOf(scopes);
    addresses = List.copyOf(addresses);
  }

  /** Returns whether the key works at a moment. */
  public boolean worksAt(Instant now) {
    return !revoked && (expiresAt == null || now.isBefore(expiresAt));
  }
}
