// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Hidden;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;

/** The description of the API for programs, as OpenAPI 3.1. */
@Address("/api/openapi.json")
@Path("/")
@Public
@Hidden
public final class OpenApiResource implements RestResource {

  private final OpenApiDocument document;

  /** Serves a document. */
  public OpenApiResource(OpenApiDocument document) {
    this.document = document;
  }

  /** Gives the document. */
  @GET
  @Produces(MediaType.APPLICATION_JSON)
  public byte[] getOpenApi() {
    return document.json();
  }
}
