// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.secrets.RotationService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.RotationDtos.RotationView;
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
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Replacements of secrets. */
@Component(service = RestResource.class)
@Address("/api/v1/rotations")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.SECRETS)
public final class RotationResource implements RestResource {

  private final RotationService rotations;

  /** Answers by the service. */
  @Activate
  public RotationResource(@Reference RotationService rotations) {
    this.rotations = rotations;
  }

  /** Lists the replacements. */
  @GET
  @RequiresScope(Scope.SECRETS_READ)
  @Operation(summary = "Lists the replacements of secrets, the newest first")
  public Listing<RotationView> listRotations(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(rotations.list(call.context(), page.page()), RotationView::of);
  }

  /** Shows a replacement. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.SECRETS_READ)
  @Operation(summary = "Shows a replacement of a secret and how far it has come")
  public RotationView getRotation(@Context Call call, @PathParam("id") UUID id) {
    return RotationView.of(rotations.get(call.context(), id));
  }

  /** Calls a replacement off. */
  @POST
  @Path("{id}/take-back")
  @Operation(
      summary = "Calls a replacement off",
      description = "Only until the new value is in use; the old one goes on as before.")
  public RotationView takeBackRotation(@Context Call call, @PathParam("id") UUID id) {
    return RotationView.of(rotations.takeBack(call.context(), id));
  }
}
