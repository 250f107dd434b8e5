// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.api.audit.RefusalRecorder;
import io.rookery.api.people.SessionAuthenticator;
import io.rookery.api.tenancy.Authenticator;
import io.rookery.rest.internal.door.Door;
import io.rookery.rest.internal.filter.AccessFilter;
import io.rookery.rest.internal.filter.BodyFilter;
import io.rookery.rest.internal.filter.BodyLimits;
import io.rookery.rest.internal.filter.CallProvider;
import io.rookery.rest.internal.filter.DateHeader;
import io.rookery.rest.internal.filter.QueryFilter;
import io.rookery.rest.internal.filter.RequestIdFilter;
import io.rookery.rest.internal.filter.ResponseFilter;
import io.rookery.rest.internal.filter.SourceAddresses;
import io.rookery.rest.internal.filter.SourceFilter;
import io.rookery.rest.internal.json.Json;
import io.rookery.rest.internal.json.JsonReader;
import io.rookery.rest.internal.json.JsonWriter;
import io.rookery.rest.internal.metrics.RequestTimers;
import io.rookery.rest.internal.param.Parameters;
import io.rookery.rest.internal.problem.ProblemMapper;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.apache.cxf.Bus;
import org.apache.cxf.bus.CXFBusFactory;
import org.apache.cxf.endpoint.Server;
import org.apache.cxf.jaxrs.JAXRSServerFactoryBean;
import org.apache.cxf.transport.common.gzip.GZIPInInterceptor;
import org.apache.cxf.transport.common.gzip.GZIPOutInterceptor;
import org.apache.cxf.transport.http.DestinationRegistry;
import org.apache.cxf.transport.http.HTTPTransportFactory;

/**
 * One JAX-RS server for each resource, all on one bus with the same filters, so that adding or
 * removing a resource never touches another. Thread-safe.
 */
public final class RestServers implements AutoCloseable {

  private static final int COMPRESS_FROM = 1024;

  private final Map<RestResource, Server> servers = new ConcurrentHashMap<>();
  private final DateHeader date = new DateHeader(Clock.systemUTC());
  private final List<Object> providers;
  private final Bus bus;
  private final RestDestinations destinations;
  private final Door door;

  /**
   * The services that every request may need, each null while there is none.
   *
   * @param authenticator tells whose key it is
   * @param sessions tells whose access token it is
   * @param refusals notes who was refused
   */
  public record Neighbours(
      Supplier<Authenticator> authenticator,
      Supplier<SessionAuthenticator> sessions,
      Supplier<RefusalRecorder> refusals) {}

  /** Makes a bus of its own. */
  public RestServers(
      Neighbours neighbours,
      RequestTimers timers,
      BodyLimits limits,
      SourceAddresses sources,
      BooleanSupplier complete) {
    ObjectMapper mapper = Json.mapper();
    this.providers =
        List.of(
            new RequestIdFilter(),
            new SourceFilter(sources),
            new AccessFilter(neighbours.authenticator(), neighbours.sessions()),
            new QueryFilter(),
            new BodyFilter(limits),
            new ResponseFilter(timers),
            new CallProvider(),
            new Parameters(),
            new JsonReader(mapper),
            new JsonWriter(mapper),
            new ProblemMapper(complete, neighbours.refusals()));
    this.bus = withLoader(() -> new CXFBusFactory().createBus());
    // Or the servlet would look for it anew with each request: a twelfth of what a read takes.
    bus.setExtension(CXFBusFactory.class.getClassLoader(), ClassLoader.class);
    this.door = new Door(sources);
    this.destinations = new RestDestinations(registry(bus), mapper, door);
  }

  /** Returns the bus. */
  public Bus bus() {
    return bus;
  }

  /** Returns what stands before everything that is served. */
  public Door door() {
    return door;
  }

  /** Opens the server of a resource. */
  public void add(RestResource resource) {
    servers.computeIfAbsent(resource, r -> withLoader(() -> destinations.change(() -> create(r))));
  }

  /** Closes the server of a resource. */
  public void remove(RestResource resource) {
    Server server = servers.remove(resource);
    if (server != null) {
      destinations.change(
          () -> {
            server.destroy();
            return null;
          });
    }
  }

  /** Returns the resources that are open now. */
  public Collection<RestResource> resources() {
    return List.copyOf(servers.keySet());
  }

  @Override
  public void close() {
    List.copyOf(servers.keySet()).forEach(this::remove);
    bus.shutdown(true);
    door.close();
  }

  private Server create(RestResource resource) {
    JAXRSServerFactoryBean factory = new JAXRSServerFactoryBean();
    factory.setBus(bus);
    factory.setDestinationFactory(destinations);
    factory.setAddress(resource.getClass().getAnnotation(Address.class).value());
    factory.setServiceBean(resource);
    factory.setProviders(providers);
    factory.getInInterceptors().add(new GZIPInInterceptor());
    factory.getOutInterceptors().add(date);
    factory.getOutInterceptors().add(new GZIPOutInterceptor(COMPRESS_FROM));
    return factory.create();
  }

  /** The servlet looks for addresses in the registry of the bus's own HTTP transport. */
  private static DestinationRegistry registry(Bus bus) {
    return withLoader(() -> bus.getExtension(HTTPTransportFactory.class).getRegistry());
  }

  /** CXF finds its extensions by the thread's class loader. */
  private static <T> T withLoader(Supplier<T> work) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(CXFBusFactory.class.getClassLoader());
    try {
      return work.get();
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
