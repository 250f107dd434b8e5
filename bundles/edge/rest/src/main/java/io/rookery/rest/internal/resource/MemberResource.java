// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.MemberService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.PeopleDtos.MemberView;
import io.rookery.rest.internal.dto.PeopleDtos.RolePatch;
import io.rookery.rest.internal.dto.PeopleDtos.WorkspacesRequest;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.Checks;
import io.rookery.rest.internal.param.IfMatch;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.PATCH;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The members of the own tenant. */
@Component(service = RestResource.class)
@Address("/api/v1/members")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, live = true)
public final class MemberResource implements RestResource {

  private final MemberService members;

  /** Answers by the services. */
  @Activate
  public MemberResource(@Reference MemberService members) {
    this.members = members;
  }

  /** Lists the members, those who joined first first. */
  @GET
  @RequiresScope(Scope.ADMIN_READ)
  @Operation(summary = "Lists the members, those who joined first first")
  public Listing<MemberView> listMembers(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(members.list(call.context(), page.page()), MemberView::of);
  }

  /** Shows a member. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.ADMIN_READ)
  @Operation(summary = "Shows a member")
  public MemberView getMember(@Context Call call, @PathParam("id") UUID id) {
    return MemberView.of(members.get(call.context(), id));
  }

  /** Gives a member another role. */
  @PATCH
  @Path("{id}")
  @Operation(
      summary = "Gives a member another role",
      description = "Only an owner decides about owners, and one always stays.")
  public MemberView updateMember(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      RolePatch patch) {
    new Checks().given("/role", patch.role()).done();
    return MemberView.of(
        members.changeRole(call.context(), id, patch.role(), IfMatch.version(ifMatch)));
  }

  /** Restricts a member to some workspaces. */
  @PUT
  @Path("{id}/workspaces")
  @Operation(
      summary = "Restricts a member to some workspaces, or lets the person see the whole tenant",
      description = "For members and viewers alone; others see the whole tenant always.")
  public MemberView restrictMember(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      WorkspacesRequest request) {
    return MemberView.of(
        members.restrict(call.context(), id, request.checked(), IfMatch.version(ifMatch)));
  }

  /** Removes a member and ends the person's sessions in the tenant. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Removes a member and ends the person's sessions in the tenant")
  public void deleteMember(@Context Call call, @PathParam("id") UUID id) {
    members.remove(call.context(), id);
  }
}
