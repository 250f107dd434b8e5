// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.PublicReach;
import io.rookery.api.sending.LinkService;
import io.rookery.api.sending.LinkService.Manner;
import io.rookery.api.sending.LinkService.Recipient;
import io.rookery.api.sending.LinkService.Visit;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Where a recipient unsubscribes: by the receiver's button (RFC 8058) or by ours. A GET, which
 * scanners make too, shows a page and changes nothing.
 */
@Component(service = RestResource.class)
@Address("/u")
@Path("/")
@Public
public final class UnsubscribeResource implements RestResource {

  private final LinkService links;
  private final PublicReach reach;

  /** Asks services what the tokens stand for. */
  @Activate
  public UnsubscribeResource(@Reference LinkService links, @Reference PublicReach reach) {
    this.links = links;
    this.reach = reach;
  }

  /** Shows the page with the button. */
  @GET
  @Path("{token}")
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Shows a page with a button to unsubscribe; changes nothing by itself")
  @ApiResponse(
      responseCode = "200",
      description = "The page",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "404",
      description = "An unknown link",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response showUnsubscribe(
      @PathParam("token") String token,
      @Parameter(hidden = true) @HeaderParam("Host") String host) {
    return links
        .recipient(new Visit(token, host))
        .map(who -> Pages.html(200, page(who)))
        .orElseGet(this::unknown);
  }

  /** Unsubscribes. */
  @POST
  @Path("{token}")
  @Consumes({MediaType.APPLICATION_FORM_URLENCODED, MediaType.MULTIPART_FORM_DATA})
  @Produces({MediaType.TEXT_PLAIN, MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Unsubscribes at once: one-click by RFC 8058, or the page's button")
  @ApiResponse(
      responseCode = "200",
      description = "Unsubscribed",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(mediaType = MediaType.TEXT_HTML)
      })
  @ApiResponse(
      responseCode = "400",
      description = "Neither of the two forms",
      content = @Content(mediaType = MediaType.TEXT_PLAIN))
  @ApiResponse(
      responseCode = "404",
      description = "An unknown link",
      content = {
        @Content(mediaType = MediaType.TEXT_PLAIN),
        @Content(mediaType = MediaType.TEXT_HTML)
      })
  public Response unsubscribe(
      @PathParam("token") String token,
      @Parameter(hidden = true) @HeaderParam("Host") String host,
      @Parameter(hidden = true) @HeaderParam("Content-Type") MediaType type,
      byte[] body) {
    Visit visit = new Visit(token, host);
    FormFields form = FormFields.read(type, body);
    if ("One-Click".equals(form.get("List-Unsubscribe"))) {
      boolean known = reach.arrived(token, host) || links.unsubscribe(visit, Manner.ONE_CLICK);
      return known
          ? Response.ok("Unsubscribed\n", "text/plain;charset=utf-8").build()
          : Response.status(404).entity("Unknown link\n").type(MediaType.TEXT_PLAIN).build();
    }
    if ("yes".equals(form.get("confirm"))) {
      return links.unsubscribe(visit, Manner.PAGE)
          ? Pages.html(200, Pages.message("Unsubscribed", "You will get no more of these mails."))
          : unknown();
    }
    return Response.status(400)
        .entity("Send List-Unsubscribe=One-Click\n")
        .type(MediaType.TEXT_PLAIN)
        .build();
  }

  private Response unknown() {
    return Pages.html(404, Pages.message("Unknown link", "This link is not, or no longer, known."));
  }

  private static String page(Recipient who) {
    String tenant = Pages.escape(who.tenantName());
    String address = Pages.escape(who.shortenedAddress());
    if (who.alreadySuppressed()) {
      return Pages.message(
          "Unsubscribed", who.shortenedAddress() + " gets no mails from " + who.tenantName() + ".");
    }
    return Pages.page(
        "Unsubscribe",
        "<h1>Unsubscribe</h1><p>No more mails from <strong>"
            + tenant
            + "</strong> to "
            + address
            + "?</p><form method=\"post\"><button name=\"confirm\" value=\"yes\">Unsubscribe</button>"
            + "</form>");
  }
}
