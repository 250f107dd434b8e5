// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import io.rookery.api.audit.RefusalRecorder;
import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.people.SessionAuthenticator;
import io.rookery.api.tenancy.Authenticator;
import io.rookery.rest.internal.door.Door;
import io.rookery.rest.internal.filter.BodyLimits;
import io.rookery.rest.internal.filter.SourceAddresses;
import io.rookery.rest.internal.metrics.RequestTimers;
import io.rookery.rest.internal.openapi.ApiRootResource;
import io.rookery.rest.internal.openapi.DocsResource;
import io.rookery.rest.internal.openapi.OpenApiDocument;
import io.rookery.rest.internal.openapi.OpenApiResource;
import io.rookery.rest.internal.resource.RootResource;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.cxf.Bus;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;
import org.osgi.service.metatype.annotations.Designate;

/** Serves every {@link RestResource} that is registered, and the pages that describe them. */
@Component(
    service = {HealthCheck.class, Whiteboard.class},
    immediate = true,
    configurationPid = "io.rookery.rest")
@Designate(ocd = RestConfiguration.class)
public final class Whiteboard implements HealthCheck {

  private final AtomicReference<Authenticator> authenticator = new AtomicReference<>();
  private final AtomicReference<SessionAuthenticator> sessions = new AtomicReference<>();
  private final AtomicReference<RefusalRecorder> refusals = new AtomicReference<>();
  private final AtomicInteger open = new AtomicInteger();
  private final RestServers servers;
  private final int shipped;

  /** Opens the pages that are always there. */
  @Activate
  public Whiteboard(
      @Reference RequestTimers timers, RestConfiguration configuration, BundleContext context) {
    this.shipped = ShippedResources.count(context.getBundle());
    this.servers =
        new RestServers(
            new RestServers.Neighbours(authenticator::get, sessions::get, refusals::get),
            timers,
            new BodyLimits(
                configuration.body_limit(),
                configuration.message_limit(),
                configuration.upload_limit()),
            SourceAddresses.of(configuration.trusted_proxies()),
            () -> missing() == 0);
    OpenApiDocument document = new OpenApiDocument(servers::resources);
    servers.add(new RootResource());
    servers.add(new ApiRootResource());
    servers.add(new OpenApiResource(document));
    servers.add(new DocsResource());
  }

  /** Checks keys by a service from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindAuthenticator(Authenticator service) {
    authenticator.set(service);
  }

  /** Answers 503 until another one comes. */
  public void unbindAuthenticator(Authenticator service) {
    authenticator.compareAndSet(service, null);
  }

  /** Checks the tokens of people by a service from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindSessions(SessionAuthenticator service) {
    sessions.set(service);
  }

  /** Answers people 503 until another one comes. */
  public void unbindSessions(SessionAuthenticator service) {
    sessions.compareAndSet(service, null);
  }

  /** Has refusals noted by a service from now on. */
  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  public void bindRefusals(RefusalRecorder service) {
    refusals.set(service);
  }

  /** Notes none until another one comes. */
  public void unbindRefusals(RefusalRecorder service) {
    refusals.compareAndSet(service, null);
  }

  /** Opens a resource. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindResource(RestResource resource) {
    servers.add(resource);
    open.incrementAndGet();
  }

  /** Closes a resource. */
  public void unbindResource(RestResource resource) {
    open.decrementAndGet();
    servers.remove(resource);
  }

  /** Returns what the resources are served on. */
  public Bus bus() {
    return servers.bus();
  }

  /** Returns what stands before everything that is served. */
  public Door door() {
    return servers.door();
  }

  private int missing() {
    return Math.max(0, shipped - open.get());
  }

  @Override
  public String name() {
    return "api";
  }

  /** Ready once every resource that this bundle ships has found the services that it needs. */
  @Override
  public Health check() {
    int missing = missing();
    boolean ready = missing == 0 && authenticator.get() != null && sessions.get() != null;
    return new Health(ready, ready ? "Every resource is open" : missing + " resources wait");
  }

  /** Closes everything. */
  @Deactivate
  public void close() {
    servers.close();
  }
}
