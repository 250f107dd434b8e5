// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.secrets.SecretCatalogue;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.SecretDtos.SecretView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.PUT;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** What is known of the tenant's secrets, never a value. */
@Component(service = RestResource.class)
@Address("/api/v1/secrets")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.SECRETS)
public final class SecretResource implements RestResource {

  private final SecretCatalogue secrets;

  /** Answers by the service. */
  @Activate
  public SecretResource(@Reference SecretCatalogue secrets) {
    this.secrets = secrets;
  }

  /** Lists the tenant's secrets. */
  @GET
  @RequiresScope(Scope.SECRETS_READ)
  @Operation(
      summary = "Lists the tenant's secrets, by reference",
      description = "Kinds, ages and versions; what a secret holds is never shown.")
  public Listing<SecretView> listSecrets(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(secrets.list(call.context(), page.page()), SecretView::of);
  }

  /** Shows what is known of a secret. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.SECRETS_READ)
  @Operation(summary = "Shows what is known of a secret and of its versions")
  public SecretView getSecret(@Context Call call, @PathParam("id") UUID id) {
    return SecretView.of(secrets.get(call.context(), id));
  }

  /** Marks a version as deleted. */
  @DELETE
  @Path("{id}/versions/{version}")
  @Operation(
      summary = "Marks a version as deleted",
      description =
          "Nobody reads it until it is put back. Deleting the current version has what needs it wait,"
              + " such as mail.")
  public void deleteSecretVersion(
      @Context Call call, @PathParam("id") UUID id, @PathParam("version") String version) {
    secrets.delete(call.context(), id, number(version));
  }

  /** Makes a deleted version readable again. */
  @PUT
  @Path("{id}/versions/{version}")
  @Operation(summary = "Makes a deleted version readable again; one that is not stays as it is")
  public SecretView putSecretVersion(
      @Context Call call, @PathParam("id") UUID id, @PathParam("version") String version) {
    return SecretView.of(secrets.undelete(call.context(), id, number(version)));
  }

  /** What is no number names no version. */
  private static int number(String version) {
    if (!version.matches("[1-9][0-9]{0,8}")) {
      throw RookeryException.notFound("version");
    }
    return Integer.parseInt(version);
  }
}
