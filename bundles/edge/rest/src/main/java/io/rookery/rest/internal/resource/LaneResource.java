// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.SendingService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SendingDtos.LaneView;
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

/** What waits for each mailbox. */
@Component(service = RestResource.class)
@Address("/api/v1/lanes")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.MAILBOXES_READ)
public final class LaneResource implements RestResource {

  private final SendingService sending;

  /** Answers by the services. */
  @Activate
  public LaneResource(@Reference SendingService sending) {
    this.sending = sending;
  }

  /** Lists the lanes that hold messages. */
  @GET
  @Operation(summary = "Lists the lanes that hold messages")
  public Listing<LaneView> listLanes(@Context Call call) {
    return Listing.of(sending.lanes(call.context()), LaneView::of);
  }
}
