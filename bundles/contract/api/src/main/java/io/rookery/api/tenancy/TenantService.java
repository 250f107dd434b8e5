// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.Optional;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/** Tenants. What an operator does takes the operator's context. Thread-safe. */
@ProviderType
public interface TenantService {

  /** Returns the context of the operator's own tenant, which is made at first boot. */
  TenantContext operator(Actor actor);

  /** Returns the id of the operator's own tenant. */
  UUID operatorTenantId();

  /**
   * Makes a tenant; at most once per idempotency key of the context.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code conflict} where the slug is taken
   */
  Tenant create(TenantContext operator, NewTenant tenant);

  /** Returns all tenants, oldest first; the operator's context is needed. */
  Page<Tenant> list(TenantContext operator, PageRequest page);

  /** Returns a tenant by id or slug as the operator, or empty. */
  Optional<Tenant> find(TenantContext operator, String idOrSlug);

  /** Returns the context's own tenant. */
  Tenant get(TenantContext context);

  /** Changes the context's own tenant; null fields stay as they are. */
  Tenant update(TenantContext context, TenantChange change);

  /** Suspends a tenant: its sending stops and its keys read only. Repeating changes nothing. */
  Tenant suspend(TenantContext operator, UUID tenantId, String reason);

  /** Lifts a suspension. Repeating changes nothing. */
  Tenant resume(TenantContext operator, UUID tenantId);

  /**
   * Changes a tenant's weight: its part where tenants want more than a mail server takes or a node
   * has places for. Takes hold within two seconds on every node. Repeating changes nothing.
   *
   * @param weight from 1 to {@link Tenant#HEAVIEST}
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code not_found}, {@code validation_failed} at {@code /weight}
   */
  Tenant weigh(TenantContext operator, UUID tenantId, int weight);

  /** What a new tenant begins with. */
  record NewTenant(String name, String slug, String postalAddress) {}

  /** What may be changed; null stays. */
  record TenantChange(String name, String postalAddress) {}
}
