// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.sending.LinkService;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Operation;
import java.util.Base64;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The links in mails that count opens and clicks. */
@Component(service = RestResource.class)
@Address("/t")
@Path("/")
@Public
public final class OpenLinkResource implements RestResource {

  private static final byte[] PIXEL =
      Base64.getDecoder().decode("R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7");

  private final LinkService links;

  /** Asks a service what the tokens stand for. */
  @Activate
  public OpenLinkResource(@Reference LinkService links) {
    this.links = links;
  }

  /** Counts an open; the image is the same for every token. */
  @GET
  @Path("o/{token}")
  @Produces({"image/gif", MediaType.WILDCARD})
  @Operation(summary = "Counts an open and gives an image of one pixel")
  public Response openLink(@PathParam("token") String token) {
    links.open(token);
    return Response.ok(PIXEL, "image/gif")
        .header("Cache-Control", "no-store")
        .header("Cross-Origin-Resource-Policy", "cross-origin")
        .build();
  }

  /** Counts a click and leads on. */
  @GET
  @Path("c/{token}")
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Counts a click and leads to the link's target")
  public Response clickLink(@PathParam("token") String token) {
    return links
        .click(token)
        .map(target -> Response.status(Response.Status.FOUND).location(target).build())
        .orElseGet(
            () -> Pages.html(404, Pages.message("Unknown link", "This link leads nowhere.")));
  }
}
