// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.secrets.TenantSeals.Seal;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantSealing;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.SealDtos.SealView;
import io.rookery.rest.internal.dto.TenantDtos.ReasonRequest;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
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

/** Seals of tenants, for the operator. */
@Component(service = RestResource.class)
@Address("/api/v1/tenant-seals")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, operator = true)
public final class TenantSealResource implements RestResource {

  private final TenantService tenants;
  private final TenantSealing sealing;

  /** Answers by the services. */
  @Activate
  public TenantSealResource(@Reference TenantService tenants, @Reference TenantSealing sealing) {
    this.tenants = tenants;
    this.sealing = sealing;
  }

  /** Shows a tenant's seal. */
  @GET
  @Path("{id}")
  @RequiresScope(value = Scope.ADMIN_READ, operator = true)
  @Operation(summary = "Shows a tenant's seal; the tenant is named by id or slug")
  public SealView getTenantSeal(@Context Call call, @PathParam("id") String id) {
    UUID tenant = find(call, id);
    Seal seal =
        sealing.find(call.context(), tenant).orElseThrow(() -> RookeryException.notFound("seal"));
    return SealView.of(tenant, seal);
  }

  /** Seals a tenant's secrets. */
  @PUT
  @Path("{id}")
  @Operation(
      summary = "Seals a tenant's secrets",
      description =
          "Within five seconds no mail of it leaves any more, on every node, and nobody gets its"
              + " secrets. Nothing is lost: what waits goes out once the seal is lifted. Links in its"
              + " mails go on working, unsubscribes included. A tenant that is sealed stays as it is.")
  public SealView putTenantSeal(
      @Context Call call, @PathParam("id") String id, ReasonRequest request) {
    new Checks().text("/reason", request.reason()).longest("/reason", request.reason(), 200).done();
    UUID tenant = find(call, id);
    return SealView.of(tenant, sealing.seal(call.context(), tenant, request.reason()));
  }

  /** Lifts a tenant's seal. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Lifts a tenant's seal; what waited goes on by itself")
  public void deleteTenantSeal(@Context Call call, @PathParam("id") String id) {
    sealing.unseal(call.context(), find(call, id));
  }

  private UUID find(Call call, String id) {
    return tenants
        .find(call.context(), id)
        .map(Tenant::id)
        .orElseThrow(() -> RookeryException.notFound("tenant"));
  }
}
