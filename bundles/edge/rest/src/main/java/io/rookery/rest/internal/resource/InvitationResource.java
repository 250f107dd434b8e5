// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.InvitationService;
import io.rookery.api.people.Origin;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.InvitationDtos.AcceptRequest;
import io.rookery.rest.internal.dto.InvitationDtos.InvitationRequest;
import io.rookery.rest.internal.dto.InvitationDtos.InvitationView;
import io.rookery.rest.internal.dto.InvitationDtos.JoinRequest;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.PeopleDtos.MemberView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.Exchanges;
import io.rookery.rest.internal.filter.PersonOnly;
import io.rookery.rest.internal.filter.Public;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
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

/** Invitations into the own tenant, and how they are taken up. */
@Component(service = RestResource.class)
@Address("/api/v1/invitations")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, live = true)
public final class InvitationResource implements RestResource {

  private final InvitationService invitations;

  /** Answers by the service. */
  @Activate
  public InvitationResource(@Reference InvitationService invitations) {
    this.invitations = invitations;
  }

  /** Lists the invitations that were not taken up, the oldest first. */
  @GET
  @RequiresScope(Scope.ADMIN_READ)
  @Operation(summary = "Lists the invitations that were not taken up, the oldest first")
  public Listing<InvitationView> listInvitations(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(invitations.list(call.context(), page.page()), InvitationView::of);
  }

  /** Shows an invitation. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.ADMIN_READ)
  @Operation(summary = "Shows an invitation")
  public InvitationView getInvitation(@Context Call call, @PathParam("id") UUID id) {
    return InvitationView.of(invitations.get(call.context(), id));
  }

  /** Invites somebody. */
  @POST
  @Answers(value = 201, location = "/api/v1/invitations/")
  @Operation(
      summary = "Invites somebody by a mail with a link that works for seven days",
      description = "Only an owner invites owners.")
  public InvitationView createInvitation(@Context Call call, InvitationRequest request) {
    request.check();
    return InvitationView.of(invitations.invite(call.context(), request.email(), request.role()));
  }

  /** Has the mail sent again. */
  @POST
  @Path("{id}/resend")
  @Operation(summary = "Sends the mail again, with a link that works for seven days from now")
  public InvitationView resendInvitation(@Context Call call, @PathParam("id") UUID id) {
    return InvitationView.of(invitations.resend(call.context(), id));
  }

  /** Takes an invitation back. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Takes an invitation back; its links work no more")
  public void deleteInvitation(@Context Call call, @PathParam("id") UUID id) {
    invitations.revoke(call.context(), id);
  }

  /** Takes an invitation up. */
  @POST
  @Path("accept")
  @Public
  @Answers(201)
  @Operation(
      summary = "Takes up the invitation that a mailed link is for, once, with a new account",
      description = "Where the address has an account, its person signs in and joins.")
  public MemberView acceptInvitation(AcceptRequest request) {
    Origin origin = new Origin(Exchanges.sourceText(), null, Exchanges.requestId());
    return MemberView.of(invitations.accept(request.tokenSecret(), request.person(), origin));
  }

  /** Joins as who is signed in. */
  @POST
  @Path("join")
  @PersonOnly
  @WithinWorkspaces
  @Answers(201)
  @Operation(
      summary = "Takes up the invitation that a mailed link is for, once, as who is signed in",
      description = "The link must have gone to one's own address.")
  public MemberView joinByInvitation(@Context Call call, JoinRequest request) {
    return MemberView.of(invitations.join(call.context(), request.toSecret()));
  }
}
