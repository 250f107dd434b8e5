// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.SendingRates;
import io.rookery.api.sending.SendingRates.Window;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.QueueDtos.RatesView;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.Consumes;
import javax.ws.rs.DefaultValue;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** How fast mail leaves. */
@Component(service = RestResource.class)
@Address("/api/v1/sending-rates")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(value = Scope.MAILBOXES_READ, or = Scope.ANALYTICS_READ)
public final class RateResource implements RestResource {

  private final SendingRates rates;

  /** Answers by the services. */
  @Activate
  public RateResource(@Reference SendingRates rates) {
    this.rates = rates;
  }

  /** Shows how fast mail leaves: altogether, by mailbox and by recipient domain. */
  @GET
  @Operation(summary = "Shows how fast mail leaves: altogether, by mailbox and by recipient domain")
  public RatesView getSendingRates(
      @Context Call call,
      @QueryParam("window") @DefaultValue("minute") Window window,
      @QueryParam("top") @DefaultValue("10") Integer top) {
    return RatesView.of(rates.rates(call.context(), window, top));
  }
}
