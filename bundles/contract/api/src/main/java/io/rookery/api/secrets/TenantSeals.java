// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Seals of tenants. While a tenant is sealed none of its secrets can be read or written, on any
 * node, and within five seconds no mail of it leaves any more; its secrets can still be removed,
 * and what needs none of them goes on. Whoever calls decides who may: the context is the tenant's.
 * Thread-safe.
 */
@ProviderType
public interface TenantSeals {

  /**
   * Seals the context's tenant; one that is sealed stays as it is. Leaves {@code tenant.sealed} in
   * its log. The context's idempotency key is heeded.
   *
   * @param reason why, for people; 1 to 200 characters
   */
  Seal seal(TenantContext context, String reason);

  /**
   * Lifts the seal, where there is one; what waited goes on by itself. Leaves {@code
   * tenant.unsealed} in the tenant's log.
   *
   * @return whether there was one
   */
  boolean unseal(TenantContext context);

  /** Returns the tenant's seal, or empty. */
  Optional<Seal> find(TenantContext context);

  /**
   * A tenant's seal.
   *
   * @param id the id by which events name it
   * @param sealedBy who sealed it, such as {@code operator:shell}
   */
  record Seal(UUID id, String reason, String sealedBy, Instant sealedAt) {

    /** Refuses what is missing. */
    public Seal {
      Objects.requireNonNull(id, "id");
      Objects.requireNonNull(reason, "reason");
      Objects.requireNonNull(sealedBy, "sealedBy");
      Objects.requireNonNull(sealedAt, "sealedAt");
    }
  }
}
