// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.util.Set;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Tells whose key a request carries. Warm checks touch no database; what is cached is at most two
 * seconds old. Thread-safe.
 */
@ProviderType
public interface Authenticator {

  /**
   * Checks a key.
   *
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated}, with the same words for
   *     every reason, where the key is broken, unknown, expired or revoked
   */
  Caller authenticate(Secret key);

  /**
   * Takes one request from the key's allowance.
   *
   * @return how much is left; {@code admitted} is false where nothing was
   */
  Allowance admit(Caller caller);

  /**
   * Who a key belongs to.
   *
   * @param operator whether the tenant is the operator's own
   * @param suspended whether the tenant may only read
   */
  record Caller(
      UUID tenantId,
      UUID keyId,
      Set<Scope> scopes,
      TenantContext.Mode mode,
      boolean operator,
      boolean suspended) {

    /** Copies the scopes. */
    public Caller {
      scopes = Set.copyOf(scopes);
    }

    /** Returns whether one of the caller's scopes allows what is wanted. */
    public boolean may(Scope wanted) {
      return scopes.stream().anyMatch(held -> held.allows(wanted));
    }
  }

  /**
   * What is left of a key's allowance.
   *
   * @param quota how many requests a minute the plan gives
   * @param remaining how many are left now
   * @param resetSeconds after how many seconds the allowance is whole again
   * @param retryAfterSeconds after how many seconds the next request is admitted; 0 where one is
   */
  record Allowance(
      boolean admitted, int quota, int remaining, int resetSeconds, int retryAfterSeconds) {}
}
