// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.SendingQueue;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.QueueDtos.LaneView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.BeanParam;
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

  private final SendingQueue queue;

  /** Answers by the services. */
  @Activate
  public LaneResource(@Reference SendingQueue queue) {
    this.queue = queue;
  }

  /** Lists the lanes that hold messages, with what waits in each and why. */
  @GET
  @Operation(summary = "Lists the lanes that hold messages, with what waits in each and why")
  public Listing<LaneView> listLanes(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(queue.lanes(call.context(), page.page()), LaneView::of);
  }
}
