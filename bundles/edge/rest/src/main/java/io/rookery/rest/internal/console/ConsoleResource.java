// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.console;

import io.rookery.api.people.Origin;
import io.rookery.api.people.SessionService;
import io.rookery.api.people.SessionService.SignIn;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.Address;
import io.rookery.rest.internal.RestResource;
import io.rookery.rest.internal.console.ConsoleDtos.ConsoleView;
import io.rookery.rest.internal.console.ConsoleDtos.EnterRequest;
import io.rookery.rest.internal.console.ConsoleDtos.SignedInView;
import io.rookery.rest.internal.dto.PeopleDtos.ChallengeView;
import io.rookery.rest.internal.dto.PeopleDtos.SignInRequest;
import io.rookery.rest.internal.dto.PeopleDtos.VerifyRequest;
import io.rookery.rest.internal.filter.Exchanges;
import io.rookery.rest.internal.filter.Public;
import io.rookery.spi.plugin.Secret;
import io.swagger.v3.oas.annotations.Hidden;
import java.time.Clock;
import javax.ws.rs.Consumes;
import javax.ws.rs.DELETE;
import javax.ws.rs.POST;
import javax.ws.rs.Path;
import javax.ws.rs.Produces;
import javax.ws.rs.core.Context;
import javax.ws.rs.core.HttpHeaders;
import javax.ws.rs.core.MediaType;
import javax.ws.rs.core.Response;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/**
 * Where the page at the root signs people in and out. It differs from the API's sessions in one
 * thing: the refresh token goes into a cookie that no script reads, and comes back by it alone.
 */
@Component(service = RestResource.class)
@Address("/console")
@Path("/")
@Produces(MediaType.APPLICATION_JSON)
@Consumes(MediaType.APPLICATION_JSON)
@Public
@Hidden
public final class ConsoleResource implements RestResource {

  private static final String SET_COOKIE = "Set-Cookie";

  private final SessionService sessions;
  private final ConsoleCookie cookie = new ConsoleCookie(Clock.systemUTC());

  /** Signs in by the service that the API's sessions go by. */
  @Activate
  public ConsoleResource(@Reference SessionService sessions) {
    this.sessions = sessions;
  }

  /** Signs a person in, or asks for a code. */
  @POST
  @Path("session")
  public Response signIn(@Context HttpHeaders headers, SignInRequest request) {
    OwnPage.require(headers);
    SignIn made = sessions.signIn(request.toCredentials(), origin(headers));
    return made.challenge() == null
        ? signedIn(made.tokens())
        : Response.ok(new ConsoleView(null, ChallengeView.of(made.challenge()))).build();
  }

  /** Goes on signing in with a code. */
  @POST
  @Path("session/verify")
  public Response verify(@Context HttpHeaders headers, VerifyRequest request) {
    OwnPage.require(headers);
    request.check();
    return signedIn(
        sessions.verify(Secret.of(request.challenge()), request.code(), origin(headers)));
  }

  /** Gives the next access token to whoever has the cookie, and the next cookie. */
  @POST
  @Path("session/refresh")
  @Consumes(MediaType.WILDCARD)
  public Response refresh(@Context HttpHeaders headers) {
    OwnPage.require(headers);
    return signedIn(sessions.refresh(kept(headers), origin(headers)));
  }

  /** Goes on in another tenant. */
  @POST
  @Path("session/enter")
  public Response enter(@Context HttpHeaders headers, EnterRequest request) {
    OwnPage.require(headers);
    return signedIn(sessions.enter(kept(headers), request.checked(), origin(headers)));
  }

  /** Signs out; also where the session has ended already. */
  @DELETE
  @Path("session")
  public Response signOut(@Context HttpHeaders headers) {
    OwnPage.require(headers);
    ConsoleCookie.read(headers.getCookies(), Exchanges.secure())
        .ifPresent(token -> end(token, origin(headers)));
    return Response.noContent()
        .header(SET_COOKIE, ConsoleCookie.forget(Exchanges.secure()))
        .build();
  }

  private void end(Secret token, Origin origin) {
    try {
      Tokens last = sessions.refresh(token, origin);
      sessions.end(person(last), last.sessionId());
    } catch (RookeryException e) {
      if (!e.code().equals(CommonErrors.UNAUTHENTICATED)) {
        throw e;
      }
    }
  }

  private Response signedIn(Tokens tokens) {
    SignedInView view = SignedInView.of(tokens, sessions.belongings(person(tokens)));
    return Response.ok(new ConsoleView(view, null))
        .header(SET_COOKIE, cookie.keep(tokens, Exchanges.secure()))
        .build();
  }

  private static Secret kept(HttpHeaders headers) {
    return ConsoleCookie.read(headers.getCookies(), Exchanges.secure())
        .orElseThrow(
            () -> new RookeryException(CommonErrors.UNAUTHENTICATED, "Nobody is signed in here"));
  }

  private static TenantContext person(Tokens tokens) {
    return new TenantContext(
        tokens.tenantId(),
        new Actor(Actor.Kind.USER, tokens.userId().toString()),
        Exchanges.requestId(),
        null,
        TenantContext.Mode.LIVE,
        Exchanges.sourceText());
  }

  private static Origin origin(HttpHeaders headers) {
    return new Origin(
        Exchanges.sourceText(), headers.getHeaderString("User-Agent"), Exchanges.requestId());
  }
}
