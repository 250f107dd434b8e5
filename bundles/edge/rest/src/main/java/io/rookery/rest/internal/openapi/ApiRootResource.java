// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Operation;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;

/** Where the API begins; whatever else lies below {@code /api} and is unknown ends here as 404. */
@Address("/api")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Public
public final class ApiRootResource implements RestResource {

  /** Tells where to read on. */
  @GET
  @Operation(summary = "Tells where the API is described")
  public ApiView getApi() {
    return new ApiView("v1", "/api/openapi.json", "/api/docs");
  }

  /** Where the API is described. */
  public record ApiView(String version, String openapi, String docs) {}
}
