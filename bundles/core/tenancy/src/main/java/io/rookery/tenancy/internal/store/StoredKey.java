// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.store;

import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.TenantContext.Mode;
import java.time.Instant;
import java.util.Set;

/**
 * What decides about a request by a key.
 *
 * @param expiresAt when the key ends, or null
 * @param suspended whether its tenant is
 */
public record StoredKey(
    Set<Scope> scopes, Mode mode, Instant expiresAt, boolean revoked, boolean suspended) {

  /** Copies the scopes. */
  public StoredKey {
    scopes = Set.copyOf(scopes);
  }

  /** Returns whether the key works at a moment. */
  public boolean worksAt(Instant now) {
    return !revoked && (expiresAt == null || now.isBefore(expiresAt));
  }
}
