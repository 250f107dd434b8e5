// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.Origin;
import io.rookery.api.people.PasswordService;
import io.rookery.api.people.UnlockService;
import io.rookery.kernel.CommonErrors;
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
 * Pages that people come to by a link in a mail of the platform. A GET, which scanners make too,
 * shows a form, looks nothing up and changes nothing.
 */
@Component(service = RestResource.class)
@Address("/account")
@Path("/")
@Public
public final class AccountPageResource implements RestResource {

  private final UnlockService unlocks;
  private final PasswordService passwords;

  /** Asks services to do what the tokens allow. */
  @Activate
  public AccountPageResource(
      @Reference UnlockService unlocks, @Reference PasswordService passwords) {
    this.unlocks = unlocks;
    this.passwords = passwords;
  }

  /** Shows the button that unlocks. */
  @GET
  @Path("unlock/{token}")
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Shows a page with a button that lifts a lock; changes nothing by itself")
  @ApiResponse(
      responseCode = "200",
      description = "The page",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response showUnlock(@PathParam("token") String token) {
    return Pages.html(
        200,
        Pages.page(
            "Lift the lock",
            "<h1>Lift the lock</h1><p>After that you can sign in again from here.</p>"
                + "<form method=\"post\"><button name=\"confirm\" value=\"yes\">Lift the lock"
                + "</button></form>"));
  }

  /** Unlocks. */
  @POST
  @Path("unlock/{token}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Lifts the locks of the account that a mailed link is for, once")
  @ApiResponse(
      responseCode = "200",
      description = "Lifted",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "404",
      description = "An unknown link",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response unlockByPage(@PathParam("token") String token) {
    try {
      unlocks.redeem(Secret.of(token), origin());
    } catch (RookeryException e) {
      return refused(e);
    }
    return Pages.html(
        200, Pages.message("The lock is lifted", "You can sign in now. You can close this page."));
  }

  /** Shows the form for a new password. */
  @GET
  @Path("reset/{token}")
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Shows a form for a new password; changes nothing by itself")
  @ApiResponse(
      responseCode = "200",
      description = "The page",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response showReset(@PathParam("token") String token) {
    return Pages.html(200, resetPage(""));
  }

  /** Sets the password. */
  @POST
  @Path("reset/{token}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Sets the password of the account that a mailed link is for, once")
  @ApiResponse(
      responseCode = "200",
      description = "Set",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "404",
      description = "An unknown link",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "422",
      description = "A password that is not taken; the link still works",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response resetByPage(
      @PathParam("token") String token,
      @Parameter(hidden = true) @HeaderParam("Content-Type") MediaType type,
      byte[] body) {
    String password = FormFields.read(type, body).get("password");
    try {
      passwords.reset(Secret.of(token), Secret.of(password == null ? "" : password), origin());
    } catch (RookeryException e) {
      return e.errors().isEmpty()
          ? refused(e)
          : Pages.html(422, resetPage(e.errors().get(0).detail()));
    }
    return Pages.html(
        200,
        Pages.message(
            "The password is set", "All sessions were ended. Sign in with the new password."));
  }

  private static String resetPage(String wrong) {
    return Pages.page(
        "Set a new password",
        "<h1>Set a new password</h1><form method=\"post\">"
            + AccountForms.wrong(wrong)
            + AccountForms.newPassword()
            + "<button>Set the password</button></form>");
  }

  /** A link that does not work is told on a page; whatever else is wrong is a problem as usual. */
  private static Response refused(RookeryException e) {
    if (!e.code().equals(CommonErrors.UNAUTHENTICATED)) {
      throw e;
    }
    return AccountForms.unknown();
  }

  private static Origin origin() {
    return new Origin(Exchanges.sourceText(), null, Exchanges.requestId());
  }
}
