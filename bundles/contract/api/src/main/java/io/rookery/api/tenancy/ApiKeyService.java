// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.SecretBearing;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.time.Duration;
import java.time.Instant;
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
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where a scope is lacking
   */
  CreatedKey create(TenantContext context, NewApiKey key, Set<Scope> holder);

  /** Returns the tenant's keys, newest first, revoked ones too. */
  Page<ApiKey> list(TenantContext context, PageRequest page);

  /** Returns one key of the tenant. */
  ApiKey get(TenantContext context, UUID id);

  /** Ends a key within two seconds on every node. Repeating changes nothing. */
  ApiKey revoke(TenantContext context, UUID id);

  /** Makes a successor with the same rights; the old key works on for the grace time. */
  CreatedKey rotate(TenantContext context, UUID id, Duration grace);

  /** What a new key shall be; expiry may be null for none. */
  record NewApiKey(String name, Set<Scope> scopes, TenantContext.Mode mode, Instant expiresAt) {

    /** Copies the scopes. */
    public NewApiKey {
      scopes = Set.copyOf(scopes);
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
