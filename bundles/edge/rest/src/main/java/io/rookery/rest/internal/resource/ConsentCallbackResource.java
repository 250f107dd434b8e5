// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.mailboxes.MailboxConsents;
import io.rookery.api.mailboxes.MailboxConsents.ProviderAnswer;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.filter.Public;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.QueryParam;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Where a mail provider sends a browser back to (RFC 6749 §4.1.2). Nobody has a key here; the state
 * authorises, and serves once. The page tells how it ended and nothing of whose mailbox it was.
 */
@Component(service = RestResource.class)
@Address("/oauth")
@Path("/")
@Public
public final class ConsentCallbackResource implements RestResource {

  private final MailboxConsents consents;

  /** Asks a service what the state stands for. */
  @Activate
  public ConsentCallbackResource(@Reference MailboxConsents consents) {
    this.consents = consents;
  }

  /** Ends a consent. */
  @GET
  @Path("callback")
  @Produces({MediaType.TEXT_HTML, MediaType.WILDCARD})
  @Operation(summary = "Ends the connecting of a mailbox; mail providers send browsers here")
  @ApiResponse(
      responseCode = "200",
      description = "Connected, or denied by the mailbox's owner",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "400",
      description = "An unknown state, or no permission",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  @ApiResponse(
      responseCode = "503",
      description = "The provider cannot be asked now",
      content = @Content(mediaType = MediaType.TEXT_HTML))
  public Response endConsent(
      @QueryParam("state") String state,
      @QueryParam("code") String code,
      @QueryParam("error") String error) {
    return switch (consents.complete(new ProviderAnswer(state, code, error))) {
      case CONNECTED ->
          page(200, "Connected", "The mailbox is connected. You can close this page.");
      case DENIED -> page(200, "Not connected", "You did not consent, so nothing was changed.");
      case UNKNOWN ->
          page(
              400,
              "Not connected",
              "This link is unknown, was used already, or is older than ten minutes. Nothing was"
                  + " changed; begin again.");
      case REFUSED ->
          page(
              400,
              "Not connected",
              "The provider gave no lasting permission to send. Nothing was changed; begin again.");
      case UNAVAILABLE ->
          page(
              503,
              "Not connected",
              "The connection could not be completed just now. Begin again later.");
    };
  }

  private static Response page(int status, String title, String sentence) {
    return Pages.html(status, Pages.message(title, sentence));
  }
}
