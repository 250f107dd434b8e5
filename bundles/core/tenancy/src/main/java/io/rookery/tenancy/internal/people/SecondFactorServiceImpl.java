// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import io.rookery.api.people.Origin;
import io.rookery.api.people.SecondFactorService;
import io.rookery.api.people.User;
import io.rookery.api.secrets.KeyPurpose;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.api.secrets.PlatformSecrets;
import io.rookery.events.EventLog;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.SecondFactors.Answer;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import io.rookery.tenancy.internal.people.store.Account;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.DepartedSecrets;
import io.rookery.tenancy.internal.people.store.Factors;
import io.rookery.tenancy.internal.people.store.Factors.Factor;
import io.rookery.tenancy.internal.people.store.Factors.State;
import io.rookery.tenancy.internal.people.store.Place;
import io.rookery.tenancy.internal.people.totp.Base32;
import io.rookery.tenancy.internal.people.totp.RecoveryCodes;
import io.rookery.tenancy.internal.people.totp.Totp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets people add a second factor and take it away. */
@Component(
    service = SecondFactorService.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class SecondFactorServiceImpl implements SecondFactorService {

  private static final String ISSUER = "Rookery";

  /** A secret that is written and not referred to by then was left by a node that died. */
  private static final Duration UNREFERRED = Duration.ofMinutes(10);

  private final Transactions transactions;
  private final Accounts accounts;
  private final Factors factors;
  private final DepartedSecrets departed;
  private final Clock clock;
  private final SecondFactors codes;
  private final KeyDigests digests;
  private final PeopleLog log;
  private final OperatorTenant operator;
  private final PasswordStep passwords;
  private final CodeAgain again;

  /** Serves once the tables, the platform's keys and its secrets are there. */
  @Activate
  public SecondFactorServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference PlatformKeys keys,
      @Reference PlatformSecrets secrets,
      @Reference OperatorTenant operator,
      @Reference Passwords passwords) {
    this(
        new Neighbours(transactions, log, keys, secrets, operator),
        passwords.hasher(),
        Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public SecondFactorServiceImpl(Neighbours neighbours, PasswordHasher hasher, Clock clock) {
    this.transactions = neighbours.transactions();
    this.operator = neighbours.operator();
    this.accounts = new Accounts(transactions);
    this.factors = new Factors(transactions);
    this.departed = new DepartedSecrets(transactions);
    this.clock = clock;
    this.digests = new KeyDigests(neighbours.keys(), KeyPurpose.SESSION);
    this.codes = new SecondFactors(transactions, neighbours.secrets(), digests, clock);
    this.log = new PeopleLog(transactions, neighbours.log(), clock);
    CodeStep.Gate gate =
        new CodeStep.Gate(new Lockout(transactions, digests), new Refusals(log, operator));
    this.passwords = new PasswordStep(transactions, hasher, gate, clock);
    this.again = new CodeAgain(transactions, gate, clock);
  }

  /** The services that it leans on. */
  public record Neighbours(
      Transactions transactions,
      EventLog log,
      PlatformKeys keys,
      PlatformSecrets secrets,
      OperatorTenant operator) {}

  /** The secret has an id of its own, so that a new one never takes the place of one in use. */
  @Override
  public Enrolment enrol(TenantContext person, Secret password, Origin origin) {
    Account account = self(person);
    UUID userId = account.user().id();
    passwords.require(account, person.tenantId(), password, origin);
    byte[] secret = Totp.secret();
    Enrolment made = enrolment(Uuids.next(), account.user().email(), Base32.write(secret));
    TenantContext sealed = person.with(SealedKeys.seal(person.idempotencyKey(), digests));
    Enrolment answer = transactions.callOnce(sealed, Enrolment.class, tx -> made);
    departed.expect(made.id(), clock.instant().plus(UNREFERRED));
    codes.keep(person.withoutIdempotencyKey(), made.id(), secret);
    if (!factors.enrol(userId, made.id(), clock.instant())) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "A second factor is in use; remove it before adding another");
    }
    return answer;
  }

  private static Enrolment enrolment(UUID id, String email, String secret) {
    String label = URLEncoder.encode(email, StandardCharsets.UTF_8).replace("+", "%20");
    String uri =
        "otpauth://totp/%s:%s?secret=%s&issuer=%s&algorithm=SHA1&digits=%d&period=%d"
            .formatted(ISSUER, label, secret, ISSUER, Totp.DIGITS, Totp.STEP);
    return new Enrolment(id, Secret.of(secret), Secret.of(uri));
  }

  @Override
  public List<Secret> confirm(TenantContext person, String code, Origin origin) {
    Account account = self(person);
    UUID userId = account.user().id();
    Factor factor = factor(userId, State.PENDING, "There is no new second factor to confirm");
    TenantContext unkeyed = person.withoutIdempotencyKey();
    long step =
        again.require(
            account,
            person.tenantId(),
            origin,
            () -> codes.step(unkeyed, factor.secret(), code).stream().boxed().findFirst());
    List<Secret> recovery = RecoveryCodes.create();
    List<KeyDigests.Peppered> kept =
        recovery.stream().map(one -> digests.digest(RecoveryCodes.normal(one.reveal()))).toList();
    if (!factors.confirm(userId, factor.secret(), step, kept)) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "There is no new second factor to confirm");
    }
    append(person, userId, "user.second_factor_added", Map.of());
    return recovery;
  }

  @Override
  public void remove(TenantContext person, Removal removal, Origin origin) {
    Account account = self(person);
    UUID userId = account.user().id();
    Factor factor = factor(userId, State.ON, "There is no second factor in use");
    passwords.require(account, person.tenantId(), removal.password(), origin);
    TenantContext unkeyed = person.withoutIdempotencyKey();
    Answer answer =
        again.require(
            account,
            person.tenantId(),
            origin,
            () ->
                Optional.of(codes.take(unkeyed, userId, removal.code()))
                    .filter(given -> given != Answer.WRONG));
    factors.remove(userId, factor.secret(), clock.instant());
    append(
        person,
        userId,
        "user.second_factor_removed",
        Map.of("recovery_code", answer == Answer.RECOVERY_CODE));
  }

  @Override
  public User takeOff(TenantContext context, String email) {
    if (!context.tenantId().equals(operator.id())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator may do this");
    }
    Account account =
        accounts
            .find(EmailText.key(email))
            .orElseThrow(() -> RookeryException.notFound("account: " + email));
    UUID userId = account.user().id();
    Factor factor = factor(userId, State.ON, "The person has no second factor");
    factors.remove(userId, factor.secret(), clock.instant());
    Stream.concat(account.places().stream().map(Place::tenantId), Stream.of(operator.id()))
        .distinct()
        .map(context::inside)
        .forEach(
            tenant ->
                append(tenant, userId, "user.second_factor_removed", Map.of("by", "operator")));
    return account.user();
  }

  private Account self(TenantContext person) {
    return accounts
        .find(PersonContext.userId(person))
        .orElseThrow(() -> RookeryException.notFound("user"));
  }

  private Factor factor(UUID userId, State state, String otherwise) {
    return factors
        .find(userId)
        .filter(factor -> factor.state() == state)
        .orElseThrow(() -> new RookeryException(CommonErrors.WRONG_STATE, otherwise));
  }

  private void append(TenantContext person, UUID userId, String type, Map<String, ?> data) {
    log.append(person, List.of(log.event(type, userId, data)));
  }
}
