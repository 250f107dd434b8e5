// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.monitoring.HealthCheck;
import io.rookery.api.monitoring.HealthCheck.Health;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Whether the process lives and its parts can work. Details go to the log, not to strangers. */
@Component(service = RestResource.class)
@Address("/health")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Public
public final class HealthResource implements RestResource {

  private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);

  private final List<HealthCheck> checks = new CopyOnWriteArrayList<>();
  private final Map<String, Boolean> last = new ConcurrentHashMap<>();

  /** Begins without checks. */
  @Activate
  public HealthResource() {}

  /** Adds a check. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bind(HealthCheck check) {
    checks.add(check);
  }

  /** Takes a check away. */
  public void unbind(HealthCheck check) {
    checks.remove(check);
  }

  /** Tells that the process answers. */
  @GET
  @Path("live")
  @Operation(summary = "Tells that the process answers")
  public HealthView getLiveness() {
    return new HealthView("live", List.of());
  }

  /** Tells whether every part can do its work. */
  @GET
  @Path("ready")
  @Operation(summary = "Tells whether every part can do its work; 503 where one cannot")
  public Response getReadiness() {
    List<PartView> parts =
        checks.stream().map(this::ask).sorted(Comparator.comparing(PartView::name)).toList();
    boolean ready = parts.stream().allMatch(PartView::ready);
    HealthView view = new HealthView(ready ? "ready" : "not_ready", parts);
    return Response.status(ready ? 200 : 503).entity(view).build();
  }

  private PartView ask(HealthCheck check) {
    Health health = check.check();
    // Probes come every second or so; only a change is news.
    boolean changed =
        !Boolean.valueOf(health.ready()).equals(last.put(check.name(), health.ready()));
    if (changed && !health.ready()) {
      LOG.warn("{} is not ready: {}", check.name(), health.detail());
    }
    return new PartView(check.name(), health.ready());
  }

  /** How the platform is. */
  public record HealthView(String status, List<PartView> parts) {}

  /** How a part is. */
  public record PartView(String name, boolean ready) {}
}
