// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.returnpath;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.sending.internal.returnpath.ReturnPathTokens.Tail;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * Finds tenants by the part of their id that a return path has room for. Tenants are read where one
 * is not known yet; only genuine tokens come this far, so strangers cannot have them read again and
 * again. Thread-safe.
 */
final class TenantTails {

  private static final Actor ACTOR = Actor.system("sending");
  private static final int PAGE = 500;

  private final TenantService tenants;
  private final ConcurrentMap<Tail, UUID> known = new ConcurrentHashMap<>();

  TenantTails(TenantService tenants) {
    this.tenants = tenants;
  }

  /** Returns the tenant, or empty where it is gone. */
  Optional<UUID> find(Tail tail) {
    if (!known.containsKey(tail)) {
      read();
    }
    return Optional.ofNullable(known.get(tail));
  }

  private void read() {
    TenantContext operator = tenants.operator(ACTOR);
    for (String cursor = null; ; ) {
      Page<Tenant> page = tenants.list(operator, new PageRequest(PAGE, cursor));
      page.items().forEach(tenant -> known.putIfAbsent(Tail.of(tenant.id()), tenant.id()));
      cursor = page.next();
      if (cursor == null) {
        return;
      }
    }
  }
}
