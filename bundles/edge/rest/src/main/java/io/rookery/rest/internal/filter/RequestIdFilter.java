// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import javax.annotation.Priority;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;
import javax.ws.rs.container.PreMatching;
import org.apache.cxf.message.Message;

/**
 * Gives each request an id: the client's own, where it sends a sensible one. Sees to it that each
 * request is answered, too: CXF would let a client ask by a header for no answer at all, and then
 * run no response filter.
 */
@PreMatching
@Priority(100)
public final class RequestIdFilter implements ContainerRequestFilter {

  @Override
  public void filter(ContainerRequestContext request) {
    Exchanges.removeHeader(Message.ONE_WAY_REQUEST);
    Exchanges.requestId();
    Exchanges.keep(Exchanges.STARTED, System.nanoTime());
  }
}
