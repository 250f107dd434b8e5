// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.contacts.SuppressionService;
import io.rookery.api.tenancy.Scope;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.ContactDtos.SuppressionRequest;
import io.rookery.rest.internal.dto.ContactDtos.SuppressionView;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.RequiresScope;
import io.rookery.rest.internal.param.PageParams;
import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import javax.ws.rs.BeanParam;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
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

/** Addresses and domains that get no commercial mail. */
@Component(service = RestResource.class)
@Address("/api/v1/suppressions")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@RequiresScope(Scope.CONTACTS)
public final class SuppressionResource implements RestResource {

  private final SuppressionService suppressions;

  /** Answers by the services. */
  @Activate
  public SuppressionResource(@Reference SuppressionService suppressions) {
    this.suppressions = suppressions;
  }

  /** Lists the suppressions, newest first. */
  @GET
  @RequiresScope(Scope.CONTACTS_READ)
  @Operation(summary = "Lists the suppressions, newest first")
  public Listing<SuppressionView> listSuppressions(@Context Call call, @BeanParam PageParams page) {
    return Listing.of(suppressions.list(call.context(), page.page()), SuppressionView::of);
  }

  /** Suppresses an address or, as @example.org, a domain. */
  @POST
  @Answers(201)
  @Operation(summary = "Suppresses an address or, as @example.org, a domain")
  public SuppressionView createSuppression(@Context Call call, SuppressionRequest request) {
    SuppressionRequest checked = request.checked();
    return SuppressionView.of(
        suppressions.add(call.context(), checked.address(), checked.reason()));
  }

  /** Lifts a suppression that was set by hand. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Lifts a suppression that was set by hand")
  public void deleteSuppression(@Context Call call, @PathParam("id") UUID id) {
    suppressions.remove(call.context(), id);
  }
}
