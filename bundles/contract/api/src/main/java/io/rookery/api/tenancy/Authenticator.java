// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.net.InetAddress;
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
   * @param source the address that the request comes from, or null where that is not known; a key
   *     that is bound to addresses is refused then
   * @throws io.rookery.kernel.RookeryException {@code unauthenticated}, with the same words for
   *     every reason, where the key is broken, unknown, expired, revoked or used from elsewhere
   */
  Caller authenticate(Secret key, InetAddress source);

  /** Checks a key that comes from nobody knows where. */
  default Caller authenticate(Secret key) {
    return authenticate(key, null);
  }

  /**
   * Takes one request from the key's allowance.
   *
   * @return how much is left; {@code admitted} is false where nothing was
   */
  Allowance admit(Caller caller);

  /**
   * Counts a call that was admitted. Calls are counted in memory and written every few seconds, so
   * a node that dies loses those since its last writing; one that stops in order loses none.
   *
   * @param operation the operation's id in the OpenAPI document; never a path with values in it
   */
  void count(Caller caller, String operation);

  /**
   * Who a key belongs to.
   *
   * @param operator whether the tenant is the operator's own
   * @param suspended whether the tenant may only read
   * @param workspaces the workspaces that it sees, or null for the whole tenant
   */
  record Caller(
      UUID tenantId,
      UUID keyId,
      Set<Scope> scopes,
      TenantContext.Mode mode,
      boolean operator,
      boolean suspended,
      Set<UUID> workspaces) {

    /** Copies the sets. */
    public Caller {
      scopes = Set.copyOf(scopes);
      workspaces = workspaces == null ? null : Set.copyOf(workspaces);
    }

    /** Makes a caller that sees the whole tenant. */
    public Caller(
        UUID tenantId,
        UUID keyId,
        Set<Scope> scopes,
        TenantContext.Mode mode,
        boolean operator,
        boolean suspended) {
      this(tenantId, keyId, scopes, mode, operator, suspended, null);
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
