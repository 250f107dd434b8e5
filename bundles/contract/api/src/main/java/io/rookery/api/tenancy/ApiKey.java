// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * An API key without its secret.
 *
 * @param addresses the ranges that it may be used from, each as {@link AddressRange} writes it;
 *     empty for everywhere
 * @param hint the last four characters of the key, to tell keys apart
 * @param expiresAt when it ends, or null
 * @param lastUsedAt when it was last used, to the minute, or null
 * @param revokedAt when it was revoked, or null
 * @param workspaceId the only workspace that it sees, or null for the whole tenant
 */
public record ApiKey(
    UUID id,
    String name,
    Set<Scope> scopes,
    List<String> addresses,
    TenantContext.Mode mode,
    String hint,
    Instant createdAt,
    Instant expiresAt,
    Instant lastUsedAt,
    Instant revokedAt,
    UUID workspaceId) {

  /** Makes one that sees the whole tenant. */
  public ApiKey(
      UUID id,
      String name,
      Set<Scope> scopes,
      List<String> addresses,
      TenantContext.Mode mode,
      String hint,
      Instant createdAt,
      Instant expiresAt,
      Instant lastUsedAt,
      Instant revokedAt) {
    this(
        id, name, scopes, addresses, mode, hint, createdAt, expiresAt, lastUsedAt, revokedAt, null);
  }

  /** Copies the scopes and addresses. */
  public ApiKey {
    scopes = Set.copyOf(scopes);
    addresses = addresses == null ? List.of() : List.copyOf(addresses);
  }
}
