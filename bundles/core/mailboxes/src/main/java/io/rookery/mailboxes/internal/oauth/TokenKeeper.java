// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.api.secrets.SecretService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.mailboxes.internal.oauth.TokenException.Kind;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretVersion;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import javax.net.ssl.SSLSocketFactory;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tokens of mailboxes in the secret store, and nowhere else: so a sealed store stops
 * OAuth mailboxes as it stops those with passwords. Renews access tokens before they expire, one
 * request at a time for a mailbox: on this node the others wait for it, on other nodes the version
 * that claims the renewal keeps them off. Thread-safe.
 */
@Component(service = TokenKeeper.class)
public final class TokenKeeper {

  private static final Logger LOG = LoggerFactory.getLogger(TokenKeeper.class);
  private static final Duration TIMEOUT = Duration.ofSeconds(20);
  private static final Duration WAIT = Duration.ofSeconds(5);
  private static final Duration LONG_WAIT = Duration.ofSeconds(60);
  private static final String PURPOSE = "oauth.renew";
  private static final int ATTEMPTS = 3;

  private final SecretService secrets;
  private final PlatformSecrets platform;
  private final Clients clients;
  private final Clock clock;
  private final GuardedHttps https;
  private final TokenEndpoint endpoint;
  private final ConcurrentMap<UUID, CompletableFuture<Tokens>> renewals = new ConcurrentHashMap<>();
  private final ConcurrentMap<UUID, Unsettled> unsettled = new ConcurrentHashMap<>();

  /** Reaches providers through the platform's guard and trusts what the JVM trusts. */
  @Activate
  public TokenKeeper(
      @Reference SecretService secrets,
      @Reference PlatformSecrets platform,
      @Reference Clients clients,
      @Reference EgressGuard guard) {
    this(
        secrets,
        platform,
        clients,
        new GuardedHttps(guard, (SSLSocketFactory) SSLSocketFactory.getDefault(), TIMEOUT),
        Clock.systemUTC());
  }

  TokenKeeper(
      SecretService secrets,
      PlatformSecrets platform,
      Clients clients,
      GuardedHttps https,
      Clock clock) {
    this.secrets = secrets;
    this.platform = platform;
    this.clients = clients;
    this.https = https;
    this.endpoint = new TokenEndpoint(https);
    this.clock = clock;
  }

  /** Ends what is under way. */
  @Deactivate
  public void close() {
    https.close();
  }

  /**
   * Returns an access token of a mailbox that somebody has consented for.
   *
   * @param receiver the server it would be shown
   * @param refused an access token that a server refused and that will not do, or null
   * @throws ConsentGoneException where the provider says that the consent is gone
   * @throws RookeryException {@code unavailable} where none can be had now, {@code wrong_state}
   *     where the provider's tokens are not for the receiver
   */
  public Secret accessToken(
      TenantContext context, UUID mailboxId, TokenReceiver receiver, Secret refused)
      throws ConsentGoneException {
    Tokens kept = Tokens.of(read(context, mailboxId, "send").data());
    Tokens tokens =
        kept.isFresh(clock.instant(), refused) ? kept : together(context, mailboxId, refused);
    Client client =
        clients
            .find(tokens.provider())
            .orElseThrow(() -> RookeryException.unavailable(unregistered(tokens), LONG_WAIT, null));
    client
        .objection(receiver)
        .ifPresent(
            objection -> {
              throw new RookeryException(CommonErrors.WRONG_STATE, objection.detail());
            });
    return tokens.accessToken();
  }

  /** Returns what keeps a provider's tokens from a server; empty also for an unknown provider. */
  public Optional<FieldError> objection(String provider, TokenReceiver receiver) {
    return clients.find(provider).flatMap(client -> client.objection(receiver));
  }

  private static String unregistered(Tokens tokens) {
    return "The operator is not registered at " + tokens.provider() + " now";
  }

  /** Whoever comes while a renewal is under way on this node shares what comes of it. */
  private Tokens together(TenantContext context, UUID mailboxId, Secret refused)
      throws ConsentGoneException {
    CompletableFuture<Tokens> own = new CompletableFuture<>();
    CompletableFuture<Tokens> running = renewals.putIfAbsent(mailboxId, own);
    if (running != null) {
      return join(running);
    }
    try {
      own.complete(renew(context, mailboxId, refused));
    } catch (ConsentGoneException | RuntimeException | Error e) {
      own.completeExceptionally(e);
    } finally {
      renewals.remove(mailboxId, own);
    }
    return join(own);
  }

  private static Tokens join(CompletableFuture<Tokens> renewal) throws ConsentGoneException {
    try {
      return renewal.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof ConsentGoneException gone) {
        throw gone;
      }
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw e;
    }
  }

  private Tokens renew(TenantContext context, UUID mailboxId, Secret refused)
      throws ConsentGoneException {
    Tokens settled = settled(context, mailboxId);
    if (settled != null && settled.isFresh(clock.instant(), refused)) {
      return settled;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      SecretVersion version = read(context, mailboxId, PURPOSE);
      Tokens kept = Tokens.of(version.data());
      if (kept.isFresh(clock.instant(), refused)) {
        return kept;
      }
      if (kept.isClaimed(clock.instant())) {
        return makeDo(kept, refused, "Another node is renewing the access token", WAIT, null);
      }
      Tokens renewed = renew(context, mailboxId, new Held(version.number(), kept), refused);
      if (renewed != null) {
        return renewed;
      }
    }
    throw RookeryException.unavailable(
        "The access token is being renewed elsewhere again and again", WAIT, null);
  }

  /** Returns null where somebody else wrote in between: then all is to be looked at anew. */
  private Tokens renew(TenantContext context, UUID mailboxId, Held held, Secret refused)
      throws ConsentGoneException {
    Held claimed = replace(context, mailboxId, held, held.tokens().claimed(clock.instant()));
    if (claimed == null) {
      return null;
    }
    Grant grant;
    try {
      grant = ask(context, held.tokens());
    } catch (TokenException e) {
      return failed(context, mailboxId, new Claim(held.tokens(), claimed), refused, e);
    } catch (RookeryException e) {
      replace(context, mailboxId, claimed, held.tokens().unclaimed());
      throw e;
    }
    Unsettled given = new Unsettled(claimed, held.tokens().renewed(grant, clock.instant()));
    // The refresh token before may be void by now, so what was given is not let go until it is
    // kept.
    unsettled.put(mailboxId, given);
    return settle(context, mailboxId, given);
  }

  /** Keeps what an earlier renewal gave and the store did not take; null where there is none. */
  private Tokens settled(TenantContext context, UUID mailboxId) {
    Unsettled given = unsettled.get(mailboxId);
    return given == null ? null : settle(context, mailboxId, given);
  }

  /**
   * Keeps what a renewal gave, also over the claim of a node that thought this one dead: the
   * refresh token before may be void by now. Returns null where the tokens are of another consent
   * or renewal.
   */
  private Tokens settle(TenantContext context, UUID mailboxId, Unsettled given) {
    Held known = given.claimed();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      if (replace(context, mailboxId, known, given.renewed()) != null) {
        unsettled.remove(mailboxId, given);
        return given.renewed();
      }
      SecretVersion version = read(context, mailboxId, PURPOSE);
      known = new Held(version.number(), Tokens.of(version.data()));
      if (!known.tokens().refreshToken().equals(given.claimed().tokens().refreshToken())) {
        unsettled.remove(mailboxId, given);
        return null;
      }
    }
    return null;
  }

  private Tokens failed(
      TenantContext context, UUID mailboxId, Claim claim, Secret refused, TokenException e)
      throws ConsentGoneException {
    boolean doubtful = e.kind() == Kind.GONE && claim.before().isLeftBehind(clock.instant());
    Tokens kept = doubtful ? claim.before() : claim.now().tokens().unclaimed();
    // Where another version stands there by now, what the provider said was of tokens of the past.
    if (replace(context, mailboxId, claim.now(), kept) == null) {
      return null;
    }
    if (doubtful) {
      // Who began a renewal before may have got new tokens and not have been able to keep them yet.
      return makeDo(kept, refused, "A renewal of the access token has not ended", WAIT, e);
    }
    if (e.kind() == Kind.GONE) {
      throw new ConsentGoneException(kept.provider(), e);
    }
    LOG.warn("The access token of mailbox {} is not renewed: {}", mailboxId, e.getMessage());
    Duration wait = e.kind() == Kind.REGISTRATION ? LONG_WAIT : WAIT;
    return makeDo(kept, refused, e.getMessage(), wait, e);
  }

  private Tokens makeDo(
      Tokens kept, Secret refused, String why, Duration wait, TokenException cause) {
    if (kept.isUsable(clock.instant(), refused)) {
      return kept;
    }
    throw RookeryException.unavailable(why, wait, cause);
  }

  private Grant ask(TenantContext context, Tokens kept) throws TokenException {
    Client client =
        clients
            .find(kept.provider())
            .orElseThrow(() -> new TokenException(Kind.REGISTRATION, unregistered(kept), null));
    return endpoint.refresh(client, clientSecret(context, client), kept.refreshToken());
  }

  /**
   * Turns a code that a provider gave into tokens; they are not kept yet.
   *
   * @throws TokenException also where there is no refresh token among them
   */
  Tokens exchange(TenantContext context, Client client, String code, String verifier)
      throws TokenException {
    Grant grant = endpoint.exchange(client, clientSecret(context, client), code, verifier);
    if (grant.refreshToken() == null) {
      throw new TokenException(
          Kind.GONE, client.name() + " gave no refresh token: nothing that lasts", null);
    }
    return Tokens.of(client.name(), grant, clock.instant());
  }

  private Secret clientSecret(TenantContext context, Client client) throws TokenException {
    if (client.secretReference() == null) {
      return null;
    }
    try {
      return platform
          .read(context.withoutIdempotencyKey(), client.secretReference(), "oauth.client")
          .fields()
          .get("client_secret");
    } catch (RookeryException e) {
      if (!e.code().equals(CommonErrors.NOT_FOUND)) {
        throw e;
      }
      throw new TokenException(
          Kind.REGISTRATION,
          "The client secret for " + client.name() + " is not in the secret store",
          e);
    }
  }

  /** Keeps the tokens of a new consent, in place of whatever there was. */
  void keep(TenantContext context, UUID mailboxId, Tokens tokens) {
    unsettled.remove(mailboxId);
    secrets.write(context, Tokens.reference(mailboxId), tokens.toData(), "oauth.consent");
  }

  /** Gives up the tokens of a mailbox that is not there any more. */
  void forget(TenantContext context, UUID mailboxId) {
    unsettled.remove(mailboxId);
    secrets.purge(context, Tokens.reference(mailboxId), "oauth.mailbox_removed");
  }

  private SecretVersion read(TenantContext context, UUID mailboxId, String purpose) {
    return secrets.readVersion(context, Tokens.reference(mailboxId), purpose);
  }

  private Held replace(TenantContext context, UUID mailboxId, Held known, Tokens tokens) {
    String reference = Tokens.reference(mailboxId);
    try {
      int number = secrets.replace(context, reference, known.number(), tokens.toData(), PURPOSE);
      return new Held(number, tokens);
    } catch (RookeryException e) {
      if (e.code().equals(CommonErrors.CONFLICT)) {
        return null;
      }
      throw e;
    }
  }

  /** Tokens and the number of the version that they stand in. */
  private record Held(int number, Tokens tokens) {}

  /** What stood there before this node claimed the renewal, and the claim. */
  private record Claim(Tokens before, Held now) {}

  /** What a provider gave and the store has not taken yet. */
  private record Unsettled(Held claimed, Tokens renewed) {}
}
