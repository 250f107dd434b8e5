// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.api.mailboxes.MailboxConsents.Ending;
import io.rookery.api.mailboxes.MailboxConsents.ProviderAnswer;
import io.rookery.api.mailboxes.MailboxConsents.Started;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Leads a person to a provider and takes what comes back. Thread-safe. */
@Component(
    service = ConsentFlow.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=mailboxes)"))
public final class ConsentFlow {

  private static final Logger LOG = LoggerFactory.getLogger(ConsentFlow.class);

  /** Whoever comes back from the provider has shown nothing but the state. */
  private static final Actor VISITOR = new Actor(Actor.Kind.PUBLIC, "consent");

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final Set<String> DENIALS = Set.of("access_denied", "consent_declined");
  private static final int LONGEST_CODE = 4096;

  private final Transactions transactions;
  private final PlatformKeys keys;
  private final PlatformSecrets platform;
  private final Clients clients;
  private final TokenKeeper tokens;
  private final Clock clock;
  private final ConsentStore store = new ConsentStore();

  /** Works with the operator's registrations. */
  @Activate
  public ConsentFlow(
      @Reference Transactions transactions,
      @Reference PlatformKeys keys,
      @Reference PlatformSecrets platform,
      @Reference Clients clients,
      @Reference TokenKeeper tokens) {
    this(transactions, keys, platform, clients, tokens, Clock.systemUTC());
  }

  ConsentFlow(
      Transactions transactions,
      PlatformKeys keys,
      PlatformSecrets platform,
      Clients clients,
      TokenKeeper tokens,
      Clock clock) {
    this.transactions = transactions;
    this.keys = keys;
    this.platform = platform;
    this.clients = clients;
    this.tokens = tokens;
    this.clock = clock;
  }

  /** Returns the names of the providers, in order. */
  public List<String> providers() {
    return clients.names();
  }

  /**
   * Begins a consent for a mailbox that is known to take access tokens.
   *
   * @param receiver the server that the tokens would be shown
   */
  public Started start(
      TenantContext context, UUID mailboxId, String provider, TokenReceiver receiver) {
    Client client = client(provider);
    client
        .objection(receiver)
        .ifPresent(
            objection -> {
              throw RookeryException.invalid(List.of(objection));
            });
    ConsentState state = ConsentState.begin(keys, context.tenantId(), mailboxId);
    String verifier = state.verifier(keys).orElseThrow();
    Instant until = clock.instant().plus(PATIENCE).truncatedTo(ChronoUnit.MICROS);
    URI address = address(client, state.text(), ConsentState.challenge(verifier));
    return transactions.callOnce(
        context,
        Started.class,
        tx -> {
          if (!store.begin(tx, mailboxId, state.digest(), client.name(), until)) {
            throw RookeryException.notFound("mailbox");
          }
          return new Started(mailboxId, address, until);
        });
  }

  private Client client(String provider) {
    return clients
        .find(provider)
        .orElseThrow(
            () ->
                RookeryException.invalid(
                    "/provider",
                    "The operator is not registered at such a provider; there are "
                        + clients.names()));
  }

  private static URI address(Client client, String state, String challenge) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("response_type", "code");
    query.put("client_id", client.id());
    query.put("redirect_uri", client.redirectUri().toString());
    if (!client.scopes().isEmpty()) {
      query.put("scope", client.scopes());
    }
    query.put("state", state);
    query.put("code_challenge", challenge);
    query.put("code_challenge_method", "S256");
    String further = client.parameters().isEmpty() ? "" : "&" + client.parameters();
    String page = client.authorizationEndpoint().toString();
    String join = client.authorizationEndpoint().getRawQuery() == null ? "?" : "&";
    return URI.create(page + join + TokenEndpoint.encode(query) + further);
  }

  /** Uses a state up and, where somebody consented, keeps the tokens. */
  public Completed complete(ProviderAnswer answer) {
    ConsentState state = ConsentState.parse(answer.state()).orElse(null);
    if (state == null) {
      return new Completed(Ending.UNKNOWN, null, null, null);
    }
    TenantContext context = TenantContext.of(state.tenantId(), VISITOR);
    String provider = null;
    Ending ending;
    try {
      provider = take(context, state).orElse(null);
      ending = provider == null ? Ending.UNKNOWN : exchange(context, state, provider, answer);
    } catch (RookeryException e) {
      LOG.warn("A consent for mailbox {} is not taken now: {}", state.mailboxId(), e.getMessage());
      ending = Ending.UNAVAILABLE;
    }
    return new Completed(ending, context, state.mailboxId(), provider);
  }

  private Optional<String> take(TenantContext context, ConsentState state) {
    return transactions.call(
        context, tx -> store.take(tx, state.mailboxId(), state.digest(), clock.instant()));
  }

  private Ending exchange(
      TenantContext context, ConsentState state, String provider, ProviderAnswer answer) {
    if (answer.error() != null) {
      return DENIALS.contains(answer.error()) ? Ending.DENIED : Ending.REFUSED;
    }
    Optional<Client> client = clients.find(provider);
    Optional<String> verifier = state.verifier(keys);
    String code = answer.code();
    boolean whole = code != null && !code.isBlank() && code.length() <= LONGEST_CODE;
    if (client.isEmpty() || verifier.isEmpty() || !whole) {
      return Ending.REFUSED;
    }
    try {
      Tokens given = tokens.exchange(context, client.get(), code, verifier.get());
      tokens.keep(context, state.mailboxId(), given);
      return Ending.CONNECTED;
    } catch (TokenException e) {
      LOG.warn("A consent for mailbox {} came to nothing: {}", state.mailboxId(), e.getMessage());
      return e.kind() == TokenException.Kind.GONE ? Ending.REFUSED : Ending.UNAVAILABLE;
    }
  }

  /**
   * Gives up what was kept for a mailbox that was removed meanwhile; where that fails, it stays.
   */
  public void forget(Completed completed) {
    try {
      tokens.forget(completed.context(), completed.mailboxId());
    } catch (RookeryException e) {
      LOG.warn(
          "The tokens of mailbox {}, which was removed, stay behind: {}",
          completed.mailboxId(),
          e.getMessage());
    }
  }

  /** Keeps the secret of a registration. */
  public void keepClientSecret(TenantContext operator, String provider, Secret secret) {
    Client client = client(provider);
    if (client.secretReference() == null) {
      throw RookeryException.invalid(
          "/provider", "Its file names no client_secret to keep the secret at");
    }
    platform.write(
        operator,
        client.secretReference(),
        new SecretData(Map.of("client_secret", secret)),
        "oauth.client");
  }

  /**
   * What came of a provider's answer.
   *
   * @param context the tenant's, null where the state is unknown
   * @param mailboxId null where the state is unknown
   * @param provider null where the state is unknown
   */
  public record Completed(Ending ending, TenantContext context, UUID mailboxId, String provider) {}
}
