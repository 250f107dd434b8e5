// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.tenancy.ApiKeyService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.TenantDtos.CreatedKeyView;
import io.rookery.rest.internal.dto.TenantDtos.KeyRequest;
import io.rookery.rest.internal.dto.TenantDtos.KeyView;
import io.rookery.rest.internal.dto.TenantDtos.RotateRequest;
import io.rookery.rest.internal.dto.TenantDtos.UsageView;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.Checks;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.time.Duration;
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

/** The own API keys. */
@Component(service = RestResource.class)
@Address("/api/v1/api-keys")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.ADMIN)
public final class ApiKeyResource implements RestResource {

  private final ApiKeyService keys;

  /** Answers by the services. */
  @Activate
  public ApiKeyResource(@Reference ApiKeyService keys) {
    this.keys = keys;
  }

  /** Lists the keys, newest first, revoked ones too. */
  @GET
  @RequiresScope(Scope.ADMIN_READ)
  @Operation(summary = "Lists the keys, newest first, revoked ones too")
  public Listing<KeyView> listApiKeys(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(keys.list(call.context(), page.page()), KeyView::of);
  }

  /** Makes a key; its secret is shown this once. */
  @POST
  @Answers(value = 201, location = "/api/v1/api-keys/")
  @Operation(summary = "Makes a key; its secret is shown this once")
  public CreatedKeyView createApiKey(@Context Call call, KeyRequest request) {
    return CreatedKeyView.of(keys.create(call.context(), request.toNew(), call.caller().scopes()));
  }

  /** Shows a key without its secret. */
  @GET
  @Path("{id}")
  @RequiresScope(Scope.ADMIN_READ)
  @Operation(summary = "Shows a key without its secret")
  public KeyView getApiKey(@Context Call call, @PathParam("id") UUID id) {
    return KeyView.of(keys.get(call.context(), id));
  }

  /** Shows how much a key was used: calls per day, and what was called most. */
  @GET
  @Path("{id}/usage")
  @RequiresScope(Scope.ADMIN_READ)
  @Operation(
      summary = "Shows how much a key was used: calls per day, and what was called most",
      description =
          "Of the last 30 days (UTC), a few seconds old. Calls that were refused for being too many"
              + " are not counted.")
  public UsageView getApiKeyUsage(@Context Call call, @PathParam("id") UUID id) {
    return UsageView.of(keys.usage(call.context(), id));
  }

  /** Ends a key within two seconds on every node. */
  @POST
  @Path("{id}/revoke")
  @Operation(summary = "Ends a key within two seconds on every node")
  public KeyView revokeApiKey(@Context Call call, @PathParam("id") UUID id) {
    return KeyView.of(keys.revoke(call.context(), id));
  }

  /** Makes a successor with the same rights; the old key works on for the grace time. */
  @POST
  @Path("{id}/rotate")
  @Answers(value = 201, location = "/api/v1/api-keys/")
  @Operation(
      summary = "Makes a successor with the same rights; the old key works on for the grace time")
  public CreatedKeyView rotateApiKey(
      @Context Call call, @PathParam("id") UUID id, RotateRequest request) {
    int hours = request.graceHours() == null ? 24 : request.graceHours();
    new Checks().that(hours >= 0 && hours <= 168, "/grace_hours", "Must be from 0 to 168").done();
    return CreatedKeyView.of(keys.rotate(call.context(), id, Duration.ofHours(hours)));
  }
}
