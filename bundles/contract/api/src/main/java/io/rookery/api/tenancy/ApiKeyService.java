// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.SecretBearing;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** A tenant's API keys. A key is shown once; only its digest is kept. Thread-safe. */
@ProviderType
public interface ApiKeyService {

  /**
   * Makes a key; at most once per idempotency key of the context.
   *
   * @param holder the scopes of whoever asks: a key grants no scope that its maker lacks
   *     <p>A key that is bound to addresses makes keys that are bound to the same or to fewer.
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where a scope is lacking or
   *     addresses go beyond those of the key that asks; {@code validation_failed} at {@code
   *     /workspace_id} where there is no such workspace
   */
  CreatedKey create(TenantContext context, NewApiKey key, Set<Scope> holder);

  /** Returns the tenant's keys, newest first, revoked ones too. */
  Page<ApiKey> list(TenantContext context, PageRequest page);

  /** Returns one key of the tenant. */
  ApiKey get(TenantContext context, UUID id);

  /**
   * Returns how much a key was used; revoked ones keep what they were used.
   *
   * @throws io.rookery.kernel.RookeryException {@code not_found} as {@link #get}
   */
  KeyUsage usage(TenantContext context, UUID id);

  /**
   * Ends a key within two seconds on every node. Repeating changes nothing; at most once per
   * idempotency key of the context.
   */
  ApiKey revoke(TenantContext context, UUID id);

  /** Makes a successor with the same rights; the old key works on for the grace time. */
  CreatedKey rotate(TenantContext context, UUID id, Duration grace);

  /**
   * What a new key shall be.
   *
   * @param expiresAt when it is to end, or null for never
   * @param addresses addresses and ranges in CIDR notation that it may be used from; empty for
   *     everywhere
   * @param workspaceId the only workspace that it is to see, or null for the whole tenant
   */
  record NewApiKey(
      String name,
      Set<Scope> scopes,
      TenantContext.Mode mode,
      Instant expiresAt,
      List<String> addresses,
      UUID workspaceId) {

    /** Copies the scopes and addresses. */
    public NewApiKey {
      scopes = Set.copyOf(scopes);
      addresses = List.copyOf(addresses);
    }

    /** A key that may be used from everywhere. */
    public NewApiKey(String name, Set<Scope> scopes, TenantContext.Mode mode, Instant expiresAt) {
      this(name, scopes, mode, expiresAt, List.of());
    }

    /** A key that sees the whole tenant. */
    public NewApiKey(
        String name,
        Set<Scope> scopes,
        TenantContext.Mode mode,
        Instant expiresAt,
        List<String> addresses) {
      this(name, scopes, mode, expiresAt, addresses, null);
    }
  }

  /** A new key with its secret, shown this once. */
  record CreatedKey(ApiKey key, Secret secret) implements SecretBearing {

    @Override
    public UUID id() {
      return key.id();
    }
  }
}
