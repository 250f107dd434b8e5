// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.hosts.HostHealthService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.HostDtos.HostCheckView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How the tenant's machines are. */
@Component(service = RestResource.class)
@Address("/api/v1/host-health")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.HOSTS)
public final class HostHealthResource implements RestResource {

  private final HostHealthService health;

  /** Answers by the service. */
  @Activate
  public HostHealthResource(@Reference HostHealthService health) {
    this.health = health;
  }

  /** Shows what was last seen of a host. */
  @GET
  @Path("{host}")
  @RequiresScope(Scope.HOSTS_READ)
  @Operation(summary = "Shows what was last seen of a host; nothing where nobody has looked yet")
  public Listing<HostCheckView> getHostHealth(@Context Call call, @PathParam("host") UUID host) {
    return Listing.of(health.get(call.context(), host), HostCheckView::of);
  }

  /** Looks at a host now. */
  @POST
  @Path("{host}/check")
  @Operation(summary = "Looks at a host now, from outside and by its key from the inside")
  public Listing<HostCheckView> checkHost(@Context Call call, @PathParam("host") UUID host) {
    return Listing.of(health.check(call.context(), host), HostCheckView::of);
  }
}
