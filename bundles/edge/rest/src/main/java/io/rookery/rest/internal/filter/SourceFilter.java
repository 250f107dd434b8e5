// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import javax.annotation.Priority;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;

/** Keeps with each request from where it comes, for {@link Exchanges#source()}. */
@PreMatching
@Priority(110)
public final class SourceFilter implements ContainerRequestFilter {

  private final SourceAddresses addresses;

  /** Tells sources by what is trusted. */
  public SourceFilter(SourceAddresses addresses) {
    this.addresses = addresses;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Exchanges.keepSource(addresses);
  }
}
