// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.EmailAddressService;
import io.rookery.api.people.Origin;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Exchanges;
import io.rookery.rest.internal.filter.Public;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import javax.ws.rs.Consumes;
import javax.ws.rs.GET;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** The page on which somebody verifies an address. A GET looks nothing up and changes nothing. */
@Component(service = RestResource.class)
@Address("/account/verify")
@Path("/")
@Public
public final class VerifyPageResource implements RestResource {

  private final EmailAddressService addresses;

  /** Asks a service to do what the tokens allow. */
  @Activate
  public VerifyPageResource(@Reference EmailAddressService addresses) {
    this.addresses = addresses;
  }

  /** Shows the button. */
  @GET
  @Path("{token}")
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(
      summary = "Shows a page with a button that verifies an address; changes nothing by itself")
  @ApiResponse(
      responseCode = "200",
      description = "The page",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response showVerify(@PathParam("token") String token) {
    return page(200, "");
  }

  /** Verifies. */
  @POST
  @Path("{token}")
  @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Verifies the address that a mailed link went to, once")
  @ApiResponse(
      responseCode = "200",
      description = "Verified",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "404",
      description = "An unknown link",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "422",
      description = "Another account has the address by now; nothing was changed",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response verifyByPage(@PathParam("token") String token) {
    try {
      addresses.redeem(
          Secret.of(token), new Origin(Exchanges.sourceText(), null, Exchanges.requestId()));
    } catch (RookeryException e) {
      return refused(e);
    }
    return Pages.html(
        200,
        Pages.message(
            "The address is verified", "Sign in with it from now on. You can close this page."));
  }

  private static Response refused(RookeryException e) {
    if (e.code().equals(CommonErrors.UNAUTHENTICATED)) {
      return AccountForms.unknown();
    }
    if (e.code().equals(CommonErrors.CONFLICT)) {
      return page(422, "Another account has the address by now. Nothing was changed.");
    }
    throw e;
  }

  private static Response page(int status, String wrong) {
    return Pages.html(
        status,
        Pages.page(
            "Verify the address",
            "<h1>Verify the address</h1><p>You sign in with this address after that.</p>"
                + "<form method=\"post\">"
                + AccountForms.wrong(wrong)
                + "<button name=\"confirm\" value=\"yes\">It is mine</button></form>"));
  }
}
