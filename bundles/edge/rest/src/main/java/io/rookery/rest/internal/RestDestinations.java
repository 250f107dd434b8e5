// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.kernel.Uuids;
import io.rookery.rest.internal.door.Door;
import io.rookery.rest.internal.problem.Problem;
import java.io.IOException;
import java.util.function.Supplier;
import javax.servlet.ServletConfig;
import javax.servlet.ServletContext;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.apache.cxf.Bus;
import org.apache.cxf.service.model.EndpointInfo;
import org.apache.cxf.transport.Destination;
import org.apache.cxf.transport.MessageObserver;
import org.apache.cxf.transport.http.AbstractHTTPDestination;
import org.apache.cxf.transport.http.DestinationRegistry;
import org.apache.cxf.transport.http.HTTPTransportFactory;
import org.apache.cxf.transport.servlet.ServletDestination;

/**
 * Where requests arrive. An address is known to CXF's servlet before its server is there and until
 * after it is gone; to a request that comes in between CXF itself answers 200 with nothing in it,
 * by which a client takes for done what never was. Here such a request is answered 503.
 * Thread-safe.
 */
final class RestDestinations extends HTTPTransportFactory {

  private static final String ABSENT = "This part of the API is starting or being replaced";
  private static final String AGAIN_SECONDS = "2";

  private final ObjectMapper mapper;
  private final Door door;
  private final ThreadLocal<Boolean> changing = ThreadLocal.withInitial(() -> false);

  /** Makes destinations in a registry, in which the servlet finds them. */
  RestDestinations(DestinationRegistry registry, ObjectMapper mapper, Door door) {
    super(registry);
    this.mapper = mapper;
    this.door = door;
  }

  @Override
  public Destination getDestination(EndpointInfo endpoint, Bus bus) throws IOException {
    synchronized (registry) {
      AbstractHTTPDestination destination = registry.getDestinationForPath(endpoint.getAddress());
      if (destination == null) {
        destination = new Guarded(bus, registry, endpoint);
        registry.addDestination(destination);
        configure(bus, destination);
        destination.finalizeConfig();
      }
      return destination;
    }
  }

  /** Does what opens or closes a server: it has to see whether there is one at an address. */
  <T> T change(Supplier<T> work) {
    changing.set(true);
    try {
      return work.get();
    } finally {
      changing.remove();
    }
  }

  private void refuse(HttpServletResponse answer) throws IOException {
    String requestId = Uuids.next().toString();
    answer.setStatus(HttpServletResponse.SC_SERVICE_UNAVAILABLE);
    answer.setHeader("Retry-After", AGAIN_SECONDS);
    answer.setHeader("Request-Id", requestId);
    answer.setContentType("application/problem+json");
    byte[] body = mapper.writeValueAsBytes(Problem.unavailable(ABSENT, requestId));
    answer.setContentLength(body.length);
    answer.getOutputStream().write(body);
  }

  private final class Guarded extends ServletDestination {

    private final MessageObserver nobody = message -> {};

    Guarded(Bus bus, DestinationRegistry registry, EndpointInfo endpoint) throws IOException {
      super(bus, registry, endpoint, endpoint.getAddress());
    }

    /** Null for who opens and closes alone: the servlet would end a request as one answered. */
    @Override
    public MessageObserver getMessageObserver() {
      MessageObserver server = incomingObserver;
      return server == null && !changing.get() ? nobody : server;
    }

    @Override
    public void invoke(
        ServletConfig config,
        ServletContext context,
        HttpServletRequest request,
        HttpServletResponse answer)
        throws IOException {
      door.guard(request, answer);
      if (incomingObserver == null) {
        refuse(answer);
      } else {
        super.invoke(config, context, request, answer);
      }
    }
  }
}
