// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.SendingPauses;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SendingPauseDtos.PauseRequest;
import io.rookery.rest.internal.dto.SendingPauseDtos.PauseView;
import io.rookery.rest.internal.dto.SendingPauseDtos.ResumedView;
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

/** What stops all sending of the tenant, or of one of its domains. */
@Component(service = RestResource.class)
@Address("/api/v1/sending-pauses")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.MAILBOXES)
public final class SendingPauseResource implements RestResource {

  private final SendingPauses pauses;

  /** Answers by the service. */
  @Activate
  public SendingPauseResource(@Reference SendingPauses pauses) {
    this.pauses = pauses;
  }

  /** Lists the pauses that hold. */
  @GET
  @RequiresScope(Scope.MAILBOXES_READ)
  @Operation(summary = "Lists what stops sending of the tenant or of its domains")
  public Listing<PauseView> listSendingPauses(@Context Call call) {
    return Listing.of(pauses.list(call.context()), PauseView::of);
  }

  /** Stops all sending of the tenant, or of a domain; what is queued waits. */
  @POST
  @Operation(summary = "Stops all sending of the tenant, or of a domain; what is queued waits")
  public PauseView pauseSending(@Context Call call, PauseRequest request) {
    PauseRequest wanted = request.checked();
    return PauseView.of(
        pauses.pause(call.context(), wanted.scope(), wanted.domain(), wanted.reason()));
  }

  /** Lets the tenant or the domain send again. */
  @POST
  @Path("{id}/resume")
  @Operation(summary = "Lets the tenant or the domain send again, at once")
  public ResumedView resumeSending(@Context Call call, @PathParam("id") UUID id) {
    pauses.resume(call.context(), id);
    return new ResumedView(id, false);
  }
}
