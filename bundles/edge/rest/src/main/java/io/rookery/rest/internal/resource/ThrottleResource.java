// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.Throttles;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.ThrottleView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Where mail goes slower, as receivers asked for it. */
@Component(service = RestResource.class)
@Address("/api/v1/throttles")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.MAILBOXES_READ)
public final class ThrottleResource implements RestResource {

  private final Throttles throttles;

  /** Answers by the service. */
  @Activate
  public ThrottleResource(@Reference Throttles throttles) {
    this.throttles = throttles;
  }

  /** Lists the mailboxes and recipient domains to which mail goes slower. */
  @GET
  @Operation(summary = "Lists the mailboxes and recipient domains to which mail goes slower")
  public Listing<ThrottleView> listThrottles(@Context Call call) {
    return Listing.of(throttles.list(call.context()), ThrottleView::of);
  }
}
