// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.sending.SendingService.State;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SendingDtos.MessageIds;
import io.rookery.rest.internal.dto.SendingDtos.MessageView;
import io.rookery.rest.internal.dto.SendingDtos.RequeuedView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Messages and what became of them. */
@Component(service = RestResource.class)
@Address("/api/v1/messages")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.CAMPAIGNS_READ)
public final class MessageResource implements RestResource {

  private final SendingService sending;

  /** Answers by the services. */
  @Activate
  public MessageResource(@Reference SendingService sending) {
    this.sending = sending;
  }

  /** Lists the messages, newest first. */
  @GET
  @Operation(summary = "Lists the messages, newest first")
  public Listing<MessageView> listMessages(
      @Context Call call,
      @QueryParam("campaign_id") UUID campaignId,
      @QueryParam("state") State state,
      @BeanParam PageParams page) {
    MessageFilter filter = new MessageFilter(campaignId, state);
    return Listing.of(sending.messages(call.context(), filter, page.page()), MessageView::of);
  }

  /** Shows a message. */
  @GET
  @Path("{id}")
  @Operation(summary = "Shows a message")
  public MessageView getMessage(@Context Call call, @PathParam("id") UUID id) {
    return MessageView.of(sending.message(call.context(), id));
  }

  /** Puts dead letters into the queue again, with all tries. */
  @POST
  @Path("requeue")
  @RequiresScope(Scope.MAIL_SEND)
  @Operation(summary = "Puts dead letters into the queue again, with all tries")
  public RequeuedView requeueMessages(@Context Call call, MessageIds request) {
    return new RequeuedView(sending.requeue(call.context(), request.checked()));
  }
}
