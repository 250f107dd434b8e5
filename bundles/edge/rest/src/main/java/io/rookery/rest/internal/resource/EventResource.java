// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.tenancy.Scope;
import io.rookery.events.EventQuery;
import io.rookery.events.EventQuery.Filter;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SendingDtos.EventView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The event log. */
@Component(service = RestResource.class)
@Address("/api/v1/events")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.ANALYTICS_READ)
public final class EventResource implements RestResource {

  private final EventQuery events;

  /** Answers by the services. */
  @Activate
  public EventResource(@Reference EventQuery events) {
    this.events = events;
  }

  /** Lists the events, newest first. */
  @GET
  @Operation(summary = "Lists the events, newest first")
  public Listing<EventView> listEvents(
      @Context Call call,
      @QueryParam("type") String type,
      @QueryParam("subject_id") UUID subjectId,
      @BeanParam PageParams page) {
    Filter filter = new Filter(type, subjectId);
    return Listing.of(events.list(call.context(), filter, page.page()), EventView::of);
  }
}
