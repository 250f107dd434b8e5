// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.MessageService;
import io.rookery.api.sending.SendingService;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.sending.SendingService.State;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.MessageDtos.BatchRequest;
import io.rookery.rest.internal.dto.MessageDtos.BatchView;
import io.rookery.rest.internal.dto.MessageDtos.MessageRequest;
import io.rookery.rest.internal.dto.SendingDtos.MessageIds;
import io.rookery.rest.internal.dto.SendingDtos.MessageView;
import io.rookery.rest.internal.dto.SendingDtos.RequeuedView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.LargeJson;
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
@RequiresScope(value = Scope.CAMPAIGNS_READ, or = Scope.MAIL_SEND_READ)
public final class MessageResource implements RestResource {

  private final SendingService sending;
  private final MessageService messages;

  /** Answers by the services. */
  @Activate
  public MessageResource(@Reference SendingService sending, @Reference MessageService messages) {
    this.sending = sending;
    this.messages = messages;
  }

  /** Sends a message to one recipient, at once or at a time. */
  @POST
  @LargeJson
  @RequiresScope(Scope.MAIL_SEND)
  @Answers(value = 202, location = "/api/v1/messages/")
  @Operation(summary = "Sends a message to one recipient, at once or at a time")
  public MessageView sendMessage(@Context Call call, MessageRequest request) {
    return MessageView.of(messages.send(call.context(), request.toNew()));
  }

  /** Sends up to 500 messages, all or none. */
  @POST
  @Path("batch")
  @LargeJson
  @RequiresScope(Scope.MAIL_SEND)
  @Answers(202)
  @Operation(summary = "Sends up to 500 messages, all or none")
  public BatchView sendMessages(@Context Call call, BatchRequest request) {
    return BatchView.of(messages.sendAll(call.context(), request.checked()));
  }

  /** Cancels a message whose time has not come. */
  @POST
  @Path("{id}/cancel")
  @RequiresScope(Scope.MAIL_SEND)
  @Operation(summary = "Cancels a message whose time has not come")
  public MessageView cancelMessage(@Context Call call, @PathParam("id") UUID id) {
    return MessageView.of(messages.cancel(call.context(), id));
  }

  /** Lists the messages, newest first. */
  @GET
  @Operation(summary = "Lists the messages, newest first")
  public Listing<MessageView> listMessages(
      @Context Call call,
      @QueryParam("campaign_id") UUID campaignId,
      @QueryParam("state") State state,
      @QueryParam("category") Category category,
      @BeanParam PageParams page) {
    MessageFilter filter = new MessageFilter(campaignId, state, category);
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
