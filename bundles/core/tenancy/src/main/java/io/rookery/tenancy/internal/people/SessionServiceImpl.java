// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Belonging;
import io.rookery.api.people.Origin;
import io.rookery.api.people.Session;
import io.rookery.api.people.SessionService;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.ErrorCode.Kind;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.Lockout.Attempt;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.Challenges.Pending;
import io.rookery.tenancy.internal.people.store.Place;
import io.rookery.tenancy.internal.people.token.TokenKind;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Signs people in, by a password and where they have a second factor by a code. */
@Component(service = SessionService.class)
public final class SessionServiceImpl implements SessionService {

  /** A password is not enough now. */
  static final ErrorCode UNLOCK_REQUIRED = new ErrorCode("unlock_required", Kind.FORBIDDEN);

  private static final Logger LOG = LoggerFactory.getLogger(SessionServiceImpl.class);
  private static final int LONGEST = 1000;
  private static final String REFUSED = "The e-mail address or the password is wrong";

  private final PasswordHasher hasher;
  private final Accounts accounts;
  private final Lockout lockout;
  private final Refusals refusals;
  private final CodeStep codes;
  private final SessionLife life;
  private final Clock clock;

  /** Serves once the tables and the platform's keys are there. */
  @Activate
  public SessionServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference Epochs epochs,
      @Reference PlatformKeys keys,
      @Reference PlatformSecrets secrets,
      @Reference OperatorTenant operator,
      @Reference Passwords passwords,
      @Reference(target = "(area=tenancy)") Schema schema) {
    this(
        new Neighbours(transactions, log, epochs, keys, secrets, operator),
        passwords.hasher(),
        Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public SessionServiceImpl(Neighbours neighbours, PasswordHasher hasher, Clock clock) {
    Transactions transactions = neighbours.transactions();
    KeyDigests digests = new KeyDigests(neighbours.keys(), KeyPurpose.SESSION);
    PeopleLog log = new PeopleLog(transactions, neighbours.log(), clock);
    this.hasher = hasher;
    this.accounts = new Accounts(transactions);
    this.lockout = new Lockout(transactions, digests);
    this.refusals = new Refusals(log, neighbours.operator());
    this.codes =
        new CodeStep(
            transactions,
            digests,
            new SecondFactors(transactions, neighbours.secrets(), digests, clock),
            new CodeStep.Gate(lockout, refusals),
            clock);
    this.life = new SessionLife(transactions, neighbours.epochs(), digests, log, clock);
    this.clock = clock;
  }

  @Override
  public SignIn signIn(Credentials credentials, Origin origin) {
    if (tooLong(credentials)) {
      throw refused();
    }
    String key = EmailText.key(credentials.email());
    Attempt attempt = lockout.admit(key, origin.address(), now());
    Optional<Account> account = accounts.find(key);
    Optional<Place> place = account.flatMap(known -> known.place(credentials.tenant()));
    requireUnguarded(attempt, account.map(known -> known.user().id()), place, origin);
    boolean right = matches(credentials.password(), account, attempt);
    if (!right || place.isEmpty()) {
      refusals.credentials(account, place, lockout.fail(attempt, now()), origin);
      throw refused();
    }
    renewHash(account.get(), credentials.password());
    return goOn(account.get(), place.get(), attempt, origin);
  }

  /** Nobody's account has such an address or password, so nothing is told by not looking. */
  private static boolean tooLong(Credentials credentials) {
    return credentials.email().length() > LONGEST
        || credentials.password().reveal().length() > LONGEST;
  }

  /** Who is sent away as too many sign in has not failed. */
  private boolean matches(Secret password, Optional<Account> account, Attempt attempt) {
    try {
      return hasher.matches(password, account.map(Account::passwordHash).orElse(null));
    } catch (RookeryException e) {
      lockout.takeBack(attempt);
      throw e;
    }
  }

  /** Nobody is kept from signing in by a hash that cannot be renewed now. */
  private void renewHash(Account account, Secret password) {
    if (!hasher.outdated(account.passwordHash())) {
      return;
    }
    try {
      accounts.rehash(account.user().id(), account.passwordHash(), hasher.hash(password));
    } catch (RookeryException e) {
      LOG.warn("A password's hash is renewed another time: {}", e.getMessage());
    }
  }

  private SignIn goOn(Account account, Place place, Attempt attempt, Origin origin) {
    if (account.user().secondFactor()) {
      // Not forgotten yet: who has the password alone must not guess codes for ever.
      lockout.takeBack(attempt);
      return codes
          .ask(account.seen(), place.tenantId())
          .map(challenge -> new SignIn(null, challenge))
          .orElseThrow(SessionServiceImpl::refused);
    }
    lockout.succeed(attempt);
    return life.open(account.seen(), place, origin)
        .map(tokens -> new SignIn(tokens, null))
        .orElseThrow(SessionServiceImpl::refused);
  }

  /**
   * The password is not looked at, so that nobody goes on guessing it; whether there is an account
   * plays no part, but that nobody has signed in to none.
   */
  private void requireUnguarded(
      Attempt attempt, Optional<UUID> user, Optional<Place> place, Origin origin) {
    if (!attempt.guarded() || life.familiar(user.orElseGet(Uuids::next), origin)) {
      return;
    }
    lockout.takeBack(attempt);
    refusals.guarded(user, place, origin);
    throw unlockRequired();
  }

  /** Returns the answer to whoever is asked for one more step. */
  static RookeryException unlockRequired() {
    return new RookeryException(
        UNLOCK_REQUIRED,
        "Too many sign-ins with this address have failed; wait, or have its owner unlock it");
  }

  @Override
  public Tokens verify(Secret challenge, String code, Origin origin) {
    Pending pending = codes.pending(challenge);
    Attempt attempt = lockout.admit(pending.emailKey(), origin.address(), now());
    requireUnguarded(attempt, Optional.of(pending.userId()), Optional.of(pending.place()), origin);
    codes.require(pending, code, attempt, origin);
    return life.open(pending.seen(), pending.place(), origin).orElseThrow(TokenKind::refused);
  }

  @Override
  public Tokens refresh(Secret refreshToken, Origin origin) {
    return life.refresh(refreshToken, origin);
  }

  @Override
  public Tokens enter(Secret refreshToken, String tenant, Origin origin) {
    return life.enter(refreshToken, tenant, origin);
  }

  @Override
  public List<Belonging> belongings(TenantContext person) {
    return accounts.belongings(PersonContext.userId(person));
  }

  @Override
  public List<Session> list(TenantContext person) {
    return life.list(PersonContext.userId(person));
  }

  @Override
  public void end(TenantContext person, UUID id) {
    life.end(person, id);
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
      PlatformSecrets secrets,
      OperatorTenant operator) {}
}
