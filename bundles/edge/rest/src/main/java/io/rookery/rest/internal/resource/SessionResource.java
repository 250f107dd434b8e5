// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.resource;

import io.rookery.api.people.Origin;
import io.rookery.api.people.SessionService;
import io.rookery.api.people.UnlockService;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.dto.Listing;
import io.rookery.rest.internal.dto.PeopleDtos.RefreshRequest;
import io.rookery.rest.internal.dto.PeopleDtos.SessionView;
import io.rookery.rest.internal.dto.PeopleDtos.SignInRequest;
import io.rookery.rest.internal.dto.PeopleDtos.SignInView;
import io.rookery.rest.internal.dto.PeopleDtos.TokensView;
import io.rookery.rest.internal.dto.PeopleDtos.UnlockRequest;
import io.rookery.rest.internal.dto.PeopleDtos.VerifyRequest;
import io.rookery.rest.internal.filter.Answers;
import io.rookery.rest.internal.filter.Call;
import io.rookery.rest.internal.filter.Exchanges;
import io.rookery.rest.internal.filter.PersonOnly;
import io.rookery.rest.internal.filter.Public;
import io.rookery.rest.internal.filter.WithinWorkspaces;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.GET;
import javax.ws.rs.HeaderParam;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.PathParam;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.MediaType;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signing in and out. */
@Component(service = RestResource.class)
@Address("/api/v1/sessions")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@PersonOnly
@WithinWorkspaces
public final class SessionResource implements RestResource {

  private final SessionService sessions;
  private final UnlockService unlocks;

  /** Answers by the services. */
  @Activate
  public SessionResource(@Reference SessionService sessions, @Reference UnlockService unlocks) {
    this.sessions = sessions;
    this.unlocks = unlocks;
  }

  /** Signs a person in. */
  @POST
  @Public
  @Answers(201)
  @Operation(
      summary = "Signs a person in by e-mail address and password",
      description = "The access token is sent as Authorization: Bearer; it works for an hour.")
  public SignInView createSession(
      @Parameter(hidden = true) @HeaderParam("User-Agent") String client, SignInRequest request) {
    return SignInView.of(sessions.signIn(request.toCredentials(), origin(client)));
  }

  /** Goes on signing in with a code. */
  @POST
  @Path("verify")
  @Public
  @Answers(201)
  @Operation(
      summary = "Goes on signing in with a code of the second factor, or with a recovery code")
  public TokensView verifySession(
      @Parameter(hidden = true) @HeaderParam("User-Agent") String client, VerifyRequest request) {
    request.check();
    return TokensView.of(
        sessions.verify(Secret.of(request.challenge()), request.code(), origin(client)));
  }

  /** Gives the next tokens for a refresh token. */
  @POST
  @Path("refresh")
  @Public
  @Operation(
      summary = "Gives the next tokens for a refresh token, which is used up",
      description = "A refresh token that comes a second time ends its session.")
  public TokensView refreshSession(
      @Parameter(hidden = true) @HeaderParam("User-Agent") String client, RefreshRequest request) {
    return TokensView.of(sessions.refresh(request.toSecret(), origin(client)));
  }

  /** Unlocks the account that a mailed link is for. */
  @POST
  @Path("unlock")
  @Public
  @Operation(summary = "Unlocks the account that a mailed link is for, once")
  public void unlockAccount(UnlockRequest request) {
    unlocks.redeem(request.toSecret(), origin(null));
  }

  /** Lists one's own sessions. */
  @GET
  @Operation(summary = "Lists one's own sessions in all tenants, newest first")
  public Listing<SessionView> listSessions(@Context Call call) {
    UUID current = call.caller().keyId();
    return Listing.of(sessions.list(call.context()), session -> SessionView.of(session, current));
  }

  /** Ends the session that asks. */
  @DELETE
  @Path("current")
  @Operation(summary = "Signs out: ends the session that asks, within two seconds on every node")
  public void deleteCurrentSession(@Context Call call) {
    sessions.end(call.context(), call.caller().keyId());
  }

  /** Ends one of one's own sessions. */
  @DELETE
  @Path("{id}")
  @Operation(summary = "Ends one of one's own sessions within two seconds on every node")
  public void deleteSession(@Context Call call, @PathParam("id") UUID id) {
    sessions.end(call.context(), id);
  }

  private static Origin origin(String client) {
    return new Origin(Exchanges.sourceText(), client, Exchanges.requestId());
  }
}
