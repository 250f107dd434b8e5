// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.api.sending.LinkService;
import io.rookery.api.sending.LinkService.Click;
import io.rookery.api.sending.LinkService.Visit;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Base64;
import javax.ws.rs.GET;
import javax.ws.rs.HEAD;
import javax.ws.rs.HeaderParam;
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
  private final LinkHosts hosts;

  /** Asks services what the tokens stand for. */
  @Activate
  public OpenLinkResource(@Reference LinkService links, @Reference LinkHosts hosts) {
    this.links = links;
    this.hosts = hosts;
  }

  /** Counts an open; the image is the same for every token. */
  @GET
  @Path("o/{token}")
  @Produces({"image/gif", MediaType.WILDCARD})
  @Operation(summary = "Counts an open and gives an image of one pixel")
  public Response openLink(
      @PathParam("token") String token,
      @Parameter(hidden = true) @HeaderParam("Host") String host) {
    links.open(new Visit(token, host));
    return pixel();
  }

  /** Shows a probe what an open would be answered; nothing is seen by it, so none is counted. */
  @HEAD
  @Path("o/{token}")
  @Operation(hidden = true)
  public Response probeOpenLink() {
    return pixel();
  }

  private static Response pixel() {
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
  @Answers(302)
  @ApiResponse(responseCode = "302", description = "The target is in Location")
  @ApiResponse(
      responseCode = "404",
      description = "An unknown link",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "410",
      description = "A link that the sender took away",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response clickLink(
      @PathParam("token") String token,
      @Parameter(hidden = true) @HeaderParam("Host") String host) {
    return answer(links.click(new Visit(token, host)));
  }

  /** Shows a probe where a click would lead; nobody has clicked, so none is counted. */
  @HEAD
  @Path("c/{token}")
  @Operation(hidden = true)
  public Response probeClickLink(
      @PathParam("token") String token,
      @Parameter(hidden = true) @HeaderParam("Host") String host) {
    return answer(links.look(new Visit(token, host)));
  }

  private static Response answer(Click click) {
    return switch (click.outcome()) {
      case LEADS_ON -> Response.status(Response.Status.FOUND).location(click.target()).build();
      case DEAD ->
          Pages.html(410, Pages.message("Link removed", "The sender has taken this link away."));
      case UNKNOWN -> Pages.html(404, Pages.message("Unknown link", "This link leads nowhere."));
    };
  }

  /** Proves to the platform that a host of links leads to it. */
  @GET
  @Path("p/{token}")
  @Produces({MediaType.TEXT_PLAIN, MediaType.WILDCARD})
  @Operation(summary = "Answers the platform's own question whether a host of links leads to it")
  @ApiResponse(
      responseCode = "200",
      description = "The answer",
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @ApiResponse(
      responseCode = "404",
      description = "No question of the platform",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response proveLinkHost(
      @PathParam("token") String token,
      @Parameter(hidden = true) @HeaderParam("Host") String host) {
    return hosts
        .prove(token, host)
        .map(proof -> Response.ok(proof, MediaType.TEXT_PLAIN).build())
        .orElseGet(() -> answer(Click.UNKNOWN));
  }
}
