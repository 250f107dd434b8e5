// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;

/** Finds the tenant that a command is about. */
public final class Tenants {

  private Tenants() {}

  /** Returns a tenant by id or slug, or says that there is none. */
  public static Tenant find(TenantService tenants, Actor actor, String idOrSlug) {
    return tenants
        .find(tenants.operator(actor), idOrSlug)
        .orElseThrow(() -> RookeryException.notFound("tenant: " + idOrSlug));
  }

  /** Returns the operator's live context for a tenant's own things. */
  public static TenantContext context(TenantService tenants, Actor actor, String idOrSlug) {
    return TenantContext.of(find(tenants, actor, idOrSlug).id(), actor);
  }
}
