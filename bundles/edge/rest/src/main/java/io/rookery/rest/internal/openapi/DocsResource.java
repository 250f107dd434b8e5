// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.rookery.rest.internal.resource.StaticFiles;
import io.swagger.v3.oas.annotations.Hidden;
import java.util.Map;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.core.Response;

/** The description of the API for people, by Swagger UI. */
@Address("/api/docs")
@Path("/")
@Public
@Hidden
public final class DocsResource implements RestResource {

  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self';"
          + " img-src 'self' data:; font-src 'self' data:; frame-ancestors 'none'; base-uri 'none';"
          + " form-action 'none'";
  private static final String WEBJAR = "/META-INF/resources/webjars/swagger-ui/5.34.1/";
  private static final Map<String, String> FILES =
      Map.of(
          "",
          "/web/docs/index.html",
          "docs.js",
          "/web/docs/docs.js",
          "swagger-ui.css",
          WEBJAR + "swagger-ui.css",
          "swagger-ui-bundle.js",
          WEBJAR + "swagger-ui-bundle.js");

  private final StaticFiles files = new StaticFiles(FILES, POLICY);

  /** Gives the page. */
  @GET
  public Response getDocs() {
    return files.get("");
  }

  /** Gives a file of the page. */
  @GET
  @Path("{file}")
  public Response getDocsFile(@PathParam("file") String file) {
    return files.get(file);
  }
}
