// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * What the operator lets a tenant do beyond what every tenant may. A permission holds from the next
 * transaction on that asks for it, on every node, and no longer once it is taken back. Thread-safe.
 */
@ProviderType
public interface TenantPermissions {

  /** What may be permitted. */
  enum Permission {
    /** To send mail that carries no way to unsubscribe and passes over who did. */
    TRANSACTIONAL_MAIL
  }

  /**
   * Permits something to a tenant. Leaves {@code tenant.permission_granted} in the tenant's log and
   * the operator's. Repeating changes nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code not_found} where there is no such tenant
   */
  Grant grant(TenantContext operator, UUID tenantId, Permission permission);

  /**
   * Takes a permission back. Leaves {@code tenant.permission_revoked} in both logs. Repeating
   * changes nothing; fails as {@link #grant} does.
   */
  void revoke(TenantContext operator, UUID tenantId, Permission permission);

  /** Returns what the context's tenant is permitted, by name. */
  List<Grant> list(TenantContext context);

  /** Returns whether the transaction's tenant is permitted something. */
  boolean holds(Tx tx, Permission permission);

  /** A permission that was given. */
  record Grant(UUID id, Permission permission, String grantedBy, Instant grantedAt) {}
}
