// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.api.people.SessionAuthenticator;
import io.rookery.api.people.SessionAuthenticator.SignedIn;
import io.rookery.api.tenancy.Authenticator;
import io.rookery.api.tenancy.Authenticator.Allowance;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.ErrorCode.Kind;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.spi.plugin.Secret;
import java.lang.reflect.Method;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import javax.annotation.Priority;
import javax.ws.rs.container.ContainerRequestContext;
import javax.ws.rs.container.ContainerRequestFilter;

/**
 * Tells whose key or token a request carries and whether it may do what it asks: key, allowance,
 * scope, suspension, in that order. A method that does not say who may call it is refused.
 */
@Priority(200)
public final class AccessFilter implements ContainerRequestFilter {

  /** A suspended tenant tries to change something. */
  public static final ErrorCode SUSPENDED = new ErrorCode("tenant_suspended", Kind.FORBIDDEN);

  private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");
  private static final Set<String> NOT_FOR_TEST_KEYS =
      Set.of("secrets", "hosts", "domains", "billing");

  private final Map<Method, Optional<Access>> known = new ConcurrentHashMap<>();
  private final Supplier<Authenticator> authenticator;
  private final Supplier<SessionAuthenticator> sessions;

  /** Checks keys and tokens by what the suppliers give, which is null while there is none. */
  public AccessFilter(
      Supplier<Authenticator> authenticator, Supplier<SessionAuthenticator> sessions) {
    this.authenticator = authenticator;
    this.sessions = sessions;
  }

  @Override
  public void filter(ContainerRequestContext request) {
    Method method = Exchanges.method();
    Access access = accessOf(method);
    if (access.open()) {
      return;
    }
    Authenticator keys = present(authenticator);
    Secret bearer = key(request.getHeaderString("Authorization"));
    boolean token = bearer.reveal().startsWith(SessionAuthenticator.PREFIX);
    Call call = token ? person(bearer) : program(keys, bearer);
    // From here on a refusal is one of a caller who is known.
    Exchanges.keep(Exchanges.CALL, call);
    Caller caller = call.caller();
    admit(keys.admit(caller));
    keys.count(caller, method.getName());
    if (access.person() && !token) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN, "Only somebody who is signed in may do this");
    }
    checkScope(caller, access);
    if (caller.workspaces() != null && !access.within()) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN,
          "This is the whole tenant's, and you are restricted to some of its workspaces");
    }
    if (caller.suspended() && !READING.contains(request.getMethod())) {
      throw new RookeryException(SUSPENDED, "The tenant is suspended and may only read");
    }
  }

  private Access accessOf(Method method) {
    if (method == null) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Nobody may call this");
    }
    return known
        .computeIfAbsent(method, Access::of)
        .orElseThrow(() -> new RookeryException(CommonErrors.FORBIDDEN, "Nobody may call this"));
  }

  private static Call program(Authenticator keys, Secret key) {
    Caller caller = keys.authenticate(key, Exchanges.source());
    Actor.Kind kind = caller.operator() ? Actor.Kind.OPERATOR : Actor.Kind.API_KEY;
    return call(caller, new Actor(kind, caller.keyId().toString()));
  }

  private Call person(Secret token) {
    SignedIn person = present(sessions).authenticate(token);
    return call(person.caller(), new Actor(Actor.Kind.USER, person.userId().toString()));
  }

  private static Call call(Caller caller, Actor actor) {
    return new Call(
        caller,
        new TenantContext(
            caller.tenantId(),
            actor,
            Exchanges.requestId(),
            null,
            caller.mode(),
            Exchanges.sourceText(),
            caller.workspaces()));
  }

  private static <T> T present(Supplier<T> service) {
    T present = service.get();
    if (present == null) {
      throw RookeryException.unavailable(
          "The platform is still starting", Duration.ofSeconds(5), null);
    }
    return present;
  }

  private static Secret key(String header) {
    if (header == null || !header.regionMatches(true, 0, "Bearer ", 0, 7)) {
      throw new RookeryException(
          CommonErrors.UNAUTHENTICATED, "Send an API key as Authorization: Bearer rky_…");
    }
    return Secret.of(header.substring(7).strip());
  }

  private static void admit(Allowance allowance) {
    Exchanges.keep(Exchanges.ALLOWANCE, allowance);
    if (!allowance.admitted()) {
      throw RookeryException.rateLimited(
          "Too many requests for this key",
          Duration.ofSeconds(Math.max(1, allowance.retryAfterSeconds())));
    }
  }

  private static void checkScope(Caller caller, Access access) {
    if (access.operator() && !caller.operator()) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator may do this");
    }
    if (access.operator() && caller.mode() == TenantContext.Mode.TEST) {
      // Tenants and backends are live things: there are none of the sandbox's own.
      throw notForTestKeys();
    }
    if (access.scope() == null) {
      return;
    }
    String wanted = access.scope().wire();
    if (!access.allows(caller)) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN, "The key lacks the scope " + wanted + ", which this needs");
    }
    if (caller.mode() == TenantContext.Mode.TEST
        && (access.live() || NOT_FOR_TEST_KEYS.contains(wanted.replace(":read", "")))) {
      throw notForTestKeys();
    }
  }

  private static RookeryException notForTestKeys() {
    return new RookeryException(CommonErrors.FORBIDDEN, "A test key may not do this");
  }
}
