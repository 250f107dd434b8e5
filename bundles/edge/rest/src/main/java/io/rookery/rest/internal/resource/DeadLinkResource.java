// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.DeadLinks;
import io.rookery.api.sending.DeadLinks.Target;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.LinkDtos.DeadLinkRequest;
import io.rookery.rest.internal.dto.LinkDtos.DeadLinkView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

/** Counted links that lead nowhere any more. */
@Component(service = RestResource.class)
@Address("/api/v1/dead-links")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.CAMPAIGNS)
public final class DeadLinkResource implements RestResource {

  private final DeadLinks links;

  /** Answers by the service. */
  @Activate
  public DeadLinkResource(@Reference DeadLinks links) {
    this.links = links;
  }

  /** Lists what is killed, newest first. */
  @GET
  @RequiresScope(Scope.CAMPAIGNS_READ)
  @Operation(summary = "Lists links that were killed, newest first")
  public Listing<DeadLinkView> listDeadLinks(@Context Call call) {
    return Listing.of(links.list(call.context()), DeadLinkView::of);
  }

  /** Kills links, at once. */
  @POST
  @Answers(201)
  @Operation(summary = "Has a link, a campaign's or all links lead nowhere; unsubscribing goes on")
  public DeadLinkView createDeadLink(@Context Call call, DeadLinkRequest request) {
    DeadLinkRequest checked = request.checked();
    Target target =
        checked.url() == null
            ? new Target(checked.campaignId(), checked.link())
            : links.targetOf(call.context(), checked.url());
    return DeadLinkView.of(links.kill(call.context(), target, checked.reason()));
  }

  /** Has links lead on again. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Has links lead on again; what the operator killed only the operator may")
  public void deleteDeadLink(@Context Call call, @PathParam("id") UUID id) {
    links.revive(call.context(), id);
  }
}
