// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.WorkspaceService;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.WorkspaceDtos.WorkspacePatch;
import io.rookery.rest.internal.dto.WorkspaceDtos.WorkspaceRequest;
import io.rookery.rest.internal.dto.WorkspaceDtos.WorkspaceView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.rest.internal.param.IfMatch;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.PATCH;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The workspaces of the own tenant. */
@Component(service = RestResource.class)
@Address("/api/v1/workspaces")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, live = true)
public final class WorkspaceResource implements RestResource {

  private final WorkspaceService workspaces;

  /** Answers by the services. */
  @Activate
  public WorkspaceResource(@Reference WorkspaceService workspaces) {
    this.workspaces = workspaces;
  }

  /** Lists the workspaces, archived ones too, oldest first. */
  @WithinWorkspaces
  @GET
  @RequiresScope(
      value = Scope.ADMIN_READ,
      or = {Scope.CAMPAIGNS_READ, Scope.TEMPLATES_READ, Scope.CONTACTS_READ, Scope.MAILBOXES_READ})
  @Operation(summary = "Lists the workspaces, archived ones too, oldest first")
  public Listing<WorkspaceView> listWorkspaces(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(workspaces.list(call.context(), page.page()), WorkspaceView::of);
  }

  /** Makes a workspace. */
  @POST
  @Answers(value = 201, location = "/api/v1/workspaces/")
  @Operation(
      summary = "Makes a workspace",
      description = "Its postal address is kept and shown; mail carries the tenant's.")
  public WorkspaceView createWorkspace(@Context Call call, WorkspaceRequest request) {
    return WorkspaceView.of(workspaces.create(call.context(), request.toNew()));
  }

  /** Shows a workspace. */
  @WithinWorkspaces
  @GET
  @Path("{id}")
  @RequiresScope(
      value = Scope.ADMIN_READ,
      or = {Scope.CAMPAIGNS_READ, Scope.TEMPLATES_READ, Scope.CONTACTS_READ, Scope.MAILBOXES_READ})
  @Operation(summary = "Shows a workspace")
  public WorkspaceView getWorkspace(@Context Call call, @PathParam("id") UUID id) {
    return WorkspaceView.of(workspaces.get(call.context(), id));
  }

  /** Changes a workspace. */
  @PATCH
  @Path("{id}")
  @Operation(
      summary = "Changes a workspace",
      description = "The main workspace has no postal address: its sender is the tenant.")
  public WorkspaceView updateWorkspace(
      @Context Call call,
      @PathParam("id") UUID id,
      @HeaderParam("If-Match") String ifMatch,
      WorkspacePatch patch) {
    return WorkspaceView.of(
        workspaces.update(call.context(), id, patch.toChange(), IfMatch.version(ifMatch)));
  }

  /** Archives a workspace. */
  @POST
  @Path("{id}/archive")
  @Operation(
      summary = "Archives a workspace: what is in it stays, nothing new can be put into it",
      description =
          "Refused for the main workspace and while campaigns are scheduled, running or paused.")
  public WorkspaceView archiveWorkspace(@Context Call call, @PathParam("id") UUID id) {
    return WorkspaceView.of(workspaces.archive(call.context(), id));
  }
}
