// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.secrets.RotatingSecret.Due;
import io.rookery.api.secrets.RotationService;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.RotationDtos.BulkRequest;
import io.rookery.rest.internal.dto.RotationDtos.BulkView;
import io.rookery.rest.internal.dto.RotationDtos.RotatingSecretView;
import io.rookery.rest.internal.dto.RotationDtos.RotationRequest;
import io.rookery.rest.internal.dto.RotationDtos.RotationView;
import io.rookery.rest.internal.dto.RotationDtos.ScheduleRequest;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.PATCH;
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

/** The secrets that the platform replaces by itself. */
@Component(service = RestResource.class)
@Address("/api/v1/rotating-secrets")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.SECRETS)
public final class RotatingSecretResource implements RestResource {

  private final RotationService rotations;

  /** Answers by the service. */
  @Activate
  public RotatingSecretResource(@Reference RotationService rotations) {
    this.rotations = rotations;
  }

  /** Lists the secrets that can be replaced. */
  @GET
  @RequiresScope(Scope.SECRETS_READ)
  @Operation(
      summary = "Lists the secrets that can be replaced, or those that are due",
      description = "Values are never shown.")
  public Listing<RotatingSecretView> listRotatingSecrets(
      @Context Call call,
      @QueryParam("due") @DefaultValue("all") Due due,
      @BeanParam PageParams page) {
    return Listing.of(rotations.secrets(call.context(), due, page.page()), RotatingSecretView::of);
  }

  /** Shows a secret that can be replaced. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.SECRETS_READ)
  @Operation(summary = "Shows when a secret is replaced; its value is not shown")
  public RotatingSecretView getRotatingSecret(@Context Call call, @PathParam("id") UUID id) {
    return RotatingSecretView.of(rotations.secret(call.context(), id));
  }

  /** Sets after how many days a secret is replaced by itself. */
  @PATCH
  @Path("{id}")
  @Operation(summary = "Sets after how many days a secret is replaced by itself")
  public RotatingSecretView updateRotatingSecret(
      @Context Call call, @PathParam("id") UUID id, ScheduleRequest request) {
    if (request.days() == null) {
      throw RookeryException.invalid("/days", "Must be given");
    }
    return RotatingSecretView.of(rotations.schedule(call.context(), id, request.days()));
  }

  /** Replaces a secret. */
  @POST
  @Path("{id}/rotate")
  @Operation(
      summary = "Replaces a secret",
      description =
          "The new value has been used before it counts; where that fails the old one goes on. What"
              + " has to be waited for is said in the answer.")
  public RotationView rotateSecret(
      @Context Call call, @PathParam("id") UUID id, RotationRequest request) {
    return RotationView.of(rotations.start(call.context(), id, request.toOrder()));
  }

  /** Has secrets replaced one after another. */
  @POST
  @Path("rotate")
  @Operation(
      summary = "Has all secrets replaced that are due, one after another",
      description = "At most 1,000 with each call.")
  public BulkView rotateSecrets(@Context Call call, BulkRequest request) {
    if (request.due() == null) {
      throw RookeryException.invalid("/due", "Must be given");
    }
    return new BulkView(rotations.startAll(call.context(), request.due()));
  }
}
