// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.api.people.Role;
import io.rookery.api.people.Session;
import io.rookery.api.people.SessionService;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.Families;
import io.rookery.tenancy.internal.people.store.Families.Outcome;
import io.rookery.tenancy.internal.people.store.Place;
import io.rookery.tenancy.internal.people.store.Sessions;
import io.rookery.tenancy.internal.people.store.Sessions.Ended;
import io.rookery.tenancy.internal.people.store.Sessions.Opening;
import io.rookery.tenancy.internal.people.store.Sessions.Reason;
import io.rookery.tenancy.internal.people.store.TokenPair;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Signs people in and out. Tokens leave only after the log has the session. */
@Component(service = SessionService.class)
public final class SessionServiceImpl implements SessionService {

  private static final int LONGEST = 1000;
  private static final String REFUSED = "The e-mail address or the password is wrong";

  private final OperatorTenant operator;
  private final Epochs epochs;
  private final KeyDigests digests;
  private final PasswordHasher hasher;
  private final Accounts accounts;
  private final Sessions sessions;
  private final Families families;
  private final PeopleLog log;
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public SessionServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference Epochs epochs,
      @Reference PlatformKeys keys,
      @Reference OperatorTenant operator,
      @Reference Passwords passwords,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(
        new Neighbours(transactions, log, epochs, keys, operator),
        passwords.hasher(),
        Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public SessionServiceImpl(Neighbours neighbours, PasswordHasher hasher, Clock clock) {
    this.operator = neighbours.operator();
    this.epochs = neighbours.epochs();
    this.digests = new KeyDigests(neighbours.keys(), KeyPurpose.SESSION);
    this.hasher = hasher;
    this.accounts = new Accounts(neighbours.transactions());
    this.sessions = new Sessions(neighbours.transactions());
    this.families = new Families(neighbours.transactions());
    this.log = new PeopleLog(neighbours.transactions(), neighbours.log(), clock);
    this.clock = clock;
  }

  @Override
  public SignIn signIn(Credentials credentials, Origin origin) {
    if (tooLong(credentials)) {
      throw refused();
    }
    Optional<Account> account = accounts.find(EmailText.key(credentials.email()));
    String hash = account.map(Account::passwordHash).orElse(null);
    boolean right = hasher.matches(credentials.password(), hash);
    Optional<Place> place = account.flatMap(known -> known.place(credentials.tenant()));
    if (!right || place.isEmpty()) {
      noteRefusal(account, place, origin);
      throw refused();
    }
    renewHash(account.get(), credentials.password());
    return new SignIn(open(account.get().user().id(), place.get(), origin));
  }

  /** Nobody's account has such an address or password, so nothing is told by not looking. */
  private static boolean tooLong(Credentials credentials) {
    return credentials.email().length() > LONGEST
        || credentials.password().reveal().length() > LONGEST;
  }

  /** One event whether or not there is an account, so that both take the same time. */
  private void noteRefusal(Optional<Account> account, Optional<Place> place, Origin origin) {
    UUID tenant =
        place
            .or(() -> account.flatMap(known -> known.place(null)))
            .map(Place::tenantId)
            .orElseGet(operator::id);
    UUID user = account.map(known -> known.user().id()).orElseGet(Uuids::next);
    String reason = account.isPresent() ? "wrong_credentials" : "no_account";
    log.append(
        PeopleLog.anonymous(tenant, origin.requestId()),
        List.of(log.event("session.refused", user, Map.of("reason", reason))));
  }

  private void renewHash(Account account, Secret password) {
    if (hasher.outdated(account.passwordHash())) {
      accounts.rehash(account.user().id(), account.passwordHash(), hasher.hash(password));
    }
  }

  private Tokens open(UUID userId, Place place, Origin origin) {
    Instant now = now();
    UUID id = Uuids.next();
    TokenPair tokens = TokenPair.create(digests, now);
    List<Ended> displaced =
        sessions.open(new Opening(id, userId, place.tenantId(), origin, now), tokens);
    log.append(
        PeopleLog.context(place.tenantId(), userId, origin.requestId()),
        List.of(log.event("session.created", id, Map.of("user_id", userId))));
    conclude(displaced, origin.requestId());
    return tokens(id, userId, place.tenantId(), place.role(), tokens);
  }

  @Override
  public Tokens refresh(Secret refreshToken, Origin origin) {
    String text = TokenKind.REFRESH.read(refreshToken);
    Instant now = now();
    TokenPair next = TokenPair.create(digests, now);
    Outcome outcome = families.use(digests.all(text), next, origin, now);
    conclude(outcome.ended(), origin.requestId());
    if (outcome.refreshed() == null) {
      throw TokenKind.refused();
    }
    Families.Member member = outcome.refreshed();
    return tokens(member.sessionId(), member.userId(), member.tenantId(), member.role(), next);
  }

  @Override
  public List<Session> list(TenantContext person) {
    return sessions.list(PersonContext.userId(person), now());
  }

  @Override
  public void end(TenantContext person, UUID id) {
    UUID userId = PersonContext.userId(person);
    List<Ended> ended = sessions.end(userId, id, Reason.SIGNED_OUT, now());
    if (ended.isEmpty() && !sessions.known(userId, id)) {
      throw RookeryException.notFound("session");
    }
    conclude(ended, person.requestId());
  }

  private void conclude(List<Ended> ended, String requestId) {
    ended.stream()
        .map(Ended::tenantId)
        .distinct()
        .forEach(tenant -> epochs.raise(tenant, SessionCache.SESSIONS));
    ended.stream()
        .map(Ended::userId)
        .distinct()
        .forEach(user -> log.ended(tenant -> PeopleLog.context(tenant, user, requestId), ended));
  }

  private static Tokens tokens(
      UUID sessionId, UUID userId, UUID tenantId, Role role, TokenPair made) {
    return new Tokens(
        sessionId,
        userId,
        tenantId,
        role,
        made.access().text(),
        made.access().expiresAt(),
        made.refresh().text(),
        made.refresh().expiresAt());
  }

  private static RookeryException refused() {
    return new RookeryException(CommonErrors.UNAUTHENTICATED, REFUSED);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** The services that sessions lean on. */
  public record Neighbours(
      Transactions transactions,
      EventLog log,
      Epochs epochs,
      PlatformKeys keys,
      OperatorTenant operator) {}
}
