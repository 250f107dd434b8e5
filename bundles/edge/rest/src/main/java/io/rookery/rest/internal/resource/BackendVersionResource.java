// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.BackendVersions;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.BackendVersionDtos.MoveRequest;
import io.rookery.rest.internal.dto.BackendVersionDtos.UseView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
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

/** Which versions of mail backends tenants use, for the operator. */
@Component(service = RestResource.class)
@Address("/api/v1/backend-versions")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, operator = true)
public final class BackendVersionResource implements RestResource {

  private final BackendVersions versions;

  /** Answers by the service. */
  @Activate
  public BackendVersionResource(@Reference BackendVersions versions) {
    this.versions = versions;
  }

  /** Lists which versions of mail backends are used. */
  @GET
  @RequiresScope(value = Scope.ADMIN_READ, operator = true)
  @Operation(summary = "Lists which versions of mail backends are used")
  public Listing<UseView> listBackendVersions(@Context Call call) {
    return Listing.of(versions.uses(call.context()), use -> UseView.of(use, versions.installed()));
  }

  /**
   * Moves tenants to another installed version; all where neither a share nor tenants are given.
   */
  @POST
  @Path("{backend}/move")
  @Operation(summary = "Moves tenants to another installed version of a mail backend")
  public UseView moveBackendVersion(
      @Context Call call, @PathParam("backend") String backend, MoveRequest request) {
    return view(versions.move(call.context(), request.toMove(backend)));
  }

  /** Has all tenants go back to the current version. */
  @POST
  @Path("{backend}/return")
  @Operation(summary = "Has all tenants go back to the current version of a mail backend")
  public UseView returnBackendVersion(@Context Call call, @PathParam("backend") String backend) {
    return view(versions.giveBack(call.context(), backend));
  }

  /** Makes the version that tenants were moved to the current one, for all. */
  @POST
  @Path("{backend}/settle")
  @Operation(summary = "Makes the version that tenants were moved to the current one, for all")
  public UseView settleBackendVersion(@Context Call call, @PathParam("backend") String backend) {
    return view(versions.settle(call.context(), backend));
  }

  private UseView view(BackendVersions.Use use) {
    return UseView.of(use, versions.installed());
  }
}
