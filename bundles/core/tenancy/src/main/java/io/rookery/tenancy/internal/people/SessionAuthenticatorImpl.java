// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.SessionAuthenticator;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Scope;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.store.AccessTokens;
import io.rookery.tenancy.internal.people.store.AccessTokens.Access;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Tells whose access token a request carries: by memory where it was seen before. */
@Component
public final class SessionAuthenticatorImpl implements SessionAuthenticator {

  private static final int REMEMBERED = 20_000;

  private final OperatorTenant operator;
  private final KeyDigests digests;
  private final AccessTokens tokens;
  private final SessionCache cache;
  private final Clock clock;

  /** Answers once the tables and the platform's keys are there. */
  @Activate
  public SessionAuthenticatorImpl(
      @Reference Transactions transactions,
      @Reference Epochs epochs,
      @Reference PlatformKeys keys,
      @Reference OperatorTenant operator,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(new Neighbours(transactions, epochs, keys, operator), Clock.systemUTC());
  }

  /** Answers by a given clock. */
  public SessionAuthenticatorImpl(Neighbours neighbours, Clock clock) {
    this.operator = neighbours.operator();
    this.digests = new KeyDigests(neighbours.keys(), KeyPurpose.SESSION);
    this.tokens = new AccessTokens(neighbours.transactions());
    this.cache = new SessionCache(neighbours.epochs(), clock, REMEMBERED);
    this.clock = clock;
  }

  @Override
  public SignedIn authenticate(Secret token) {
    String text = TokenKind.ACCESS.read(token);
    byte[] digest = digests.digest(text).digest();
    SessionCache.Entry entry = cache.get(digest);
    if (entry == null) {
      entry = load(digests.all(text));
      cache.put(digest, entry);
    }
    return entry.person();
  }

  /**
   * Read twice: the epochs to bind the second look to are those of the tenant that the first named.
   */
  private SessionCache.Entry load(List<byte[]> all) {
    Access seen = tokens.find(all).orElseThrow(TokenKind::refused);
    SessionCache.Stamp stamp = cache.stamp(seen.tenantId());
    Access access = tokens.find(all).orElseThrow(TokenKind::refused);
    Instant now = clock.instant();
    if (!now.isBefore(access.expiresAt())) {
      throw TokenKind.refused();
    }
    Caller caller =
        new Caller(
            access.tenantId(),
            access.sessionId(),
            access.role().scopes(),
            Mode.LIVE,
            staff(access),
            access.suspended(),
            access.workspaces());
    SignedIn person = new SignedIn(caller, access.userId(), access.role());
    return new SessionCache.Entry(person, access.expiresAt(), stamp, now);
  }

  /** Whoever administers the operator's own tenant may do what its keys may. */
  private boolean staff(Access access) {
    return access.tenantId().equals(operator.id()) && access.role().scopes().contains(Scope.ADMIN);
  }

  /** The services that authentication leans on. */
  public record Neighbours(
      Transactions transactions, Epochs epochs, PlatformKeys keys, OperatorTenant operator) {}
}
