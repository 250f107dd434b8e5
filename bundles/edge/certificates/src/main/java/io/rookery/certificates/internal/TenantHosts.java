// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/**
 * Asks tenant by tenant, as nothing else may tell one tenant's business from another's. It does so
 * only when a host is asked for that was not before. Thread-safe.
 */
final class TenantHosts implements HostOwners {

  private static final int PAGE = 500;

  private final TenantService tenants;
  private final LinkHosts hosts;
  private final Actor actor = Actor.system("certificates");
  private Map<String, Set<String>> known = Map.of();

  TenantHosts(TenantService tenants, LinkHosts hosts) {
    this.tenants = tenants;
    this.hosts = hosts;
  }

  @Override
  public synchronized Map<String, Set<String>> of(Set<String> asked) {
    if (!known.keySet().containsAll(asked)) {
      known = find(asked);
    }
    return known;
  }

  private Map<String, Set<String>> find(Set<String> asked) {
    Map<String, Set<String>> found = new HashMap<>();
    // Nobody's are kept as well, or each look would ask all tenants once more.
    asked.forEach(host -> found.put(host, new HashSet<>()));
    String cursor = null;
    do {
      Page<Tenant> page = tenants.list(tenants.operator(actor), new PageRequest(PAGE, cursor));
      for (Tenant tenant : page.items()) {
        for (LinkHost host : hosts.list(TenantContext.of(tenant.id(), actor))) {
          found.computeIfPresent(
              host.host(),
              (name, owners) -> {
                owners.add(tenant.id().toString());
                return owners;
              });
        }
      }
      cursor = page.next();
    } while (cursor != null);
    return found;
  }
}
