// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;

/** Admits what a test says. */
final class FakeHosts implements LinkHosts {

  final Set<String> admitted = new ConcurrentSkipListSet<>();
  final Map<UUID, List<LinkHost>> ofTenants = new ConcurrentHashMap<>();

  @Override
  public boolean admits(String host) {
    return admitted.contains(host);
  }

  @Override
  public List<String> admitted() {
    return List.copyOf(admitted);
  }

  @Override
  public Optional<String> address(TenantContext context, String fromDomain) {
    throw new UnsupportedOperationException("Certificates are not about mail");
  }

  @Override
  public boolean serves(TenantContext context, String host, Instant made) {
    throw new UnsupportedOperationException("Certificates are not about links");
  }

  @Override
  public Optional<String> prove(String token, String host) {
    throw new UnsupportedOperationException("Certificates are not about links");
  }

  @Override
  public List<LinkHost> list(TenantContext context) {
    return ofTenants.getOrDefault(context.tenantId(), List.of());
  }
}
