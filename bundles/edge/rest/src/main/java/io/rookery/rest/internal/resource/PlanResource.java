// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.plans.PlanService;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.Page;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.PlanDtos.PlanRequest;
import io.rookery.rest.internal.dto.PlanDtos.PlanView;
import io.rookery.rest.internal.filter.Authenticated;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
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

/** The plans there are. */
@Component(service = RestResource.class)
@Address("/api/v1/plans")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.ADMIN, operator = true)
public final class PlanResource implements RestResource {

  private final PlanService plans;

  /** Answers by the service. */
  @Activate
  public PlanResource(@Reference PlanService plans) {
    this.plans = plans;
  }

  /** Lists the plans that are offered, by rank; to the operator all. */
  @GET
  @Authenticated
  @Operation(summary = "Lists the plans that are offered, by rank; to the operator all")
  public Listing<PlanView> listPlans(@Context Call call) {
    return Listing.of(new Page<>(plans.list(call.context()), null), PlanView::of);
  }

  /** Makes a plan, or changes one for all who have it. */
  @PUT
  @Path("{code}")
  @Operation(
      summary = "Makes a plan, or changes one for all who have it",
      description =
          "What tenants have beyond a lower limit stays; more is refused. Holds within two seconds"
              + " on every node.")
  public PlanView putPlan(@Context Call call, @PathParam("code") String code, PlanRequest request) {
    return PlanView.of(plans.put(call.context(), request.toPlan(code)));
  }
}
