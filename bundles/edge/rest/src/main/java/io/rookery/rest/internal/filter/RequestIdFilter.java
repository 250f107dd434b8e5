// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.kernel.Uuids;
import java.util.regex.Pattern;
import javax.annotation.Priority;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;

/** Gives each request an id: the client's own, where it sends a sensible one. */
@PreMatching
@Priority(100)
public final class RequestIdFilter implements ContainerRequestFilter {

  private static final Pattern SENSIBLE = Pattern.compile("[A-Za-z0-9._-]{1,100}");

  @Override
  public void filter(ContainerRequestContext request) {
    String given = request.getHeaderString("Request-Id");
    boolean usable = given != null && SENSIBLE.matcher(given).matches();
    Exchanges.keep(Exchanges.REQUEST_ID, usable ? given : Uuids.next().toString());
    Exchanges.keep(Exchanges.STARTED, System.nanoTime());
  }
}
