// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.api.secrets.TenantSeals.Seal;
import io.rookery.kernel.TenantContext;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * The operator's hand on the seals of tenants, which {@link io.rookery.api.secrets.TenantSeals}
 * keeps. Each call throws {@code forbidden} where the context is not the operator's and {@code
 * not_found} where there is no such tenant. Thread-safe.
 */
@ProviderType
public interface TenantSealing {

  /**
   * Seals a tenant; one that is sealed stays as it is. The log of the tenant and that of the
   * operator get {@code tenant.sealed}.
   *
   * @param reason why, for people; 1 to 200 characters
   * @throws io.rookery.kernel.RookeryException {@code wrong_state} for the operator's own tenant,
   *     whose mail lets people sign in
   */
  Seal seal(TenantContext operator, UUID tenantId, String reason);

  /**
   * Lifts a tenant's seal, where there is one. The log of the tenant and that of the operator get
   * {@code tenant.unsealed}.
   */
  void unseal(TenantContext operator, UUID tenantId);

  /** Returns a tenant's seal, or empty. */
  Optional<Seal> find(TenantContext operator, UUID tenantId);
}
