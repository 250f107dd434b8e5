// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.plans.Subscriptions;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.PlanDtos.SubscriptionRequest;
import io.rookery.rest.internal.dto.PlanDtos.SubscriptionView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The own plan. */
@Component(service = RestResource.class)
@Address("/api/v1/subscription")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.BILLING)
public final class SubscriptionResource implements RestResource {

  private final Subscriptions subscriptions;

  /** Answers by the service. */
  @Activate
  public SubscriptionResource(@Reference Subscriptions subscriptions) {
    this.subscriptions = subscriptions;
  }

  /** Shows the own plan and how much of what it gives is used. */
  @GET
  @RequiresScope(Scope.BILLING_READ)
  @Operation(summary = "Shows the own plan and how much of what it gives is used")
  public SubscriptionView getSubscription(@Context Call call) {
    return SubscriptionView.of(subscriptions.get(call.context()));
  }

  /** Changes the own plan: to a higher one at once, to a lower one with the next period. */
  @POST
  @Path("change")
  @Operation(
      summary =
          "Changes the own plan: to a higher one at once, to a lower one with the next period",
      description =
          "A plan that gives less than there is is refused, naming all that is over. To name the"
              + " present plan withdraws a change that is due.")
  public SubscriptionView changeSubscription(@Context Call call, SubscriptionRequest request) {
    return SubscriptionView.of(
        subscriptions.change(call.context(), request.code(), request.interval()));
  }
}
