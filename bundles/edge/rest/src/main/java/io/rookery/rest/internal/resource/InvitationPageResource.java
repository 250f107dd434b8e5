// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.InvitationService;
import io.rookery.api.people.InvitationService.NewPerson;
import io.rookery.api.people.InvitationService.Offer;
import io.rookery.api.people.Origin;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Exchanges;
import io.rookery.rest.internal.filter.Public;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.util.Optional;
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

/** The page on which somebody takes an invitation up. A GET changes nothing. */
@Component(service = RestResource.class)
@Address("/account/invitation")
@Path("/")
@Public
public final class InvitationPageResource implements RestResource {

  private final InvitationService invitations;

  /** Asks a service what the tokens offer. */
  @Activate
  public InvitationPageResource(@Reference InvitationService invitations) {
    this.invitations = invitations;
  }

  /** Shows what is offered. */
  @GET
  @Path("{token}")
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(
      summary = "Shows the form by which an invitation is taken up; changes nothing by itself")
  @ApiResponse(
      responseCode = "200",
      description = "The page",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "404",
      description = "An unknown link",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response showInvitation(@PathParam("token") String token) {
    Optional<Offer> offer = invitations.offer(Secret.of(token));
    return offer
        .map(found -> Pages.html(200, found.known() ? joining(found, token) : page(found, "")))
        .orElseGet(AccountForms::unknown);
  }

  /** Takes the invitation up. */
  @POST
  @Path("{token}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Takes up the invitation that a mailed link is for, once")
  @ApiResponse(
      responseCode = "200",
      description = "Joined",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "404",
      description = "An unknown link",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "422",
      description = "Something is wrong or in the way; the link still works",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response acceptByPage(
      @PathParam("token") String token,
      @Parameter(hidden = true) @HeaderParam("Content-Type") MediaType type,
      byte[] body) {
    Secret secret = Secret.of(token);
    Offer offer = invitations.offer(secret).orElse(null);
    if (offer == null) {
      return AccountForms.unknown();
    }
    if (offer.known()) {
      return Pages.html(422, joining(offer, token));
    }
    FormFields form = FormFields.read(type, body);
    try {
      invitations.accept(secret, person(form), origin());
    } catch (RookeryException e) {
      return refused(offer, e);
    }
    return Pages.html(
        200, Pages.message("Welcome", "You are a member of " + offer.tenant() + ". Sign in now."));
  }

  private static NewPerson person(FormFields form) {
    String password = form.get("password");
    return new NewPerson(form.get("name"), Secret.of(password == null ? "" : password));
  }

  private static Response refused(Offer offer, RookeryException e) {
    if (e.code().equals(CommonErrors.UNAUTHENTICATED)) {
      return AccountForms.unknown();
    }
    if (!e.errors().isEmpty()) {
      return Pages.html(422, page(offer, e.errors().get(0).detail()));
    }
    if (e.code().kind() == ErrorCode.Kind.CONFLICT) {
      return Pages.html(422, page(offer, e.getMessage()));
    }
    throw e;
  }

  /** An account joins by its session alone; what is behind the hash is sent to no server. */
  private static String joining(Offer offer, String token) {
    return Pages.page(
        "Join " + offer.tenant(),
        "<h1>Join "
            + Pages.escape(offer.tenant())
            + "</h1><p>The address "
            + Pages.escape(offer.email())
            + " has an account. Sign in with it to join.</p><p><a href=\"/#invitation="
            + Pages.escape(token)
            + "\">Sign in and join</a></p>");
  }

  private static String page(Offer offer, String wrong) {
    String fields =
        "<p><label for=\"name\">Your name</label><br><input id=\"name\" name=\"name\""
            + " autocomplete=\"name\" maxlength=\"200\" required></p>"
            + AccountForms.newPassword();
    return Pages.page(
        "Join " + offer.tenant(),
        "<h1>Join "
            + Pages.escape(offer.tenant())
            + "</h1><form method=\"post\">"
            + AccountForms.wrong(wrong)
            + fields
            + "<button name=\"confirm\" value=\"yes\">Join</button></form>");
  }

  private static Origin origin() {
    return new Origin(Exchanges.sourceText(), null, Exchanges.requestId());
  }
}
