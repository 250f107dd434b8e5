// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.mailboxes.LinkHost;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.kernel.TenantContext;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Admits {@code links.heron.example} and answers the question {@code proof} there. */
final class FakeLinkHosts implements LinkHosts {

  @Override
  public Optional<String> address(TenantContext context, String fromDomain) {
    throw new UnsupportedOperationException("Only the sending line asks this");
  }

  @Override
  public boolean serves(TenantContext context, String host, Instant made) {
    throw new UnsupportedOperationException("Only the service of links asks this");
  }

  @Override
  public Optional<String> prove(String token, String host) {
    return token.equals("proof") && "links.heron.example".equals(host)
        ? Optional.of("answer")
        : Optional.empty();
  }

  @Override
  public boolean admits(String host) {
    return host.equals("links.heron.example");
  }

  @Override
  public List<String> admitted() {
    return List.of("links.heron.example");
  }

  @Override
  public List<LinkHost> list(TenantContext context) {
    return List.of();
  }
}
