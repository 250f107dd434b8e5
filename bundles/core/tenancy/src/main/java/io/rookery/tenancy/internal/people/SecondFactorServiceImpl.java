// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

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
import io.rookery.tenancy.internal.key.KeyDigests;
import io.rookery.tenancy.internal.people.SecondFactors.Answer;
import io.rookery.tenancy.internal.people.store.Accounts;
import io.rookery.tenancy.internal.people.store.DepartedSecrets;
import io.rookery.tenancy.internal.people.store.Factors;
import io.rookery.tenancy.internal.people.store.Factors.Factor;
import io.rookery.tenancy.internal.people.store.Factors.State;
import io.rookery.tenancy.internal.people.totp.Base32;
import io.rookery.tenancy.internal.people.totp.RecoveryCodes;
import io.rookery.tenancy.internal.people.totp.Totp;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
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

  /** Serves once the tables, the platform's keys and its secrets are there. */
  @Activate
  public SecondFactorServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference PlatformKeys keys,
      @Reference PlatformSecrets secrets) {
    this(transactions, log, keys, secrets, Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public SecondFactorServiceImpl(
      Transactions transactions,
      EventLog log,
      PlatformKeys keys,
      PlatformSecrets secrets,
      Clock clock) {
    this.transactions = transactions;
    this.accounts = new Accounts(transactions);
    this.factors = new Factors(transactions);
    this.departed = new DepartedSecrets(transactions);
    this.clock = clock;
    this.digests = new KeyDigests(keys, KeyPurpose.SESSION);
    this.codes = new SecondFactors(transactions, secrets, digests, clock);
    this.log = new PeopleLog(transactions, log, clock);
  }

  /** The secret has an id of its own, so that a new one never takes the place of one in use. */
  @Override
  public Enrolment enrol(TenantContext person) {
    UUID userId = PersonContext.userId(person);
    User user = accounts.users(Set.of(userId)).get(userId);
    if (user == null) {
      throw RookeryException.notFound("user");
    }
    byte[] secret = Totp.secret();
    Enrolment made = enrolment(Uuids.next(), user.email(), Base32.write(secret));
    Enrolment answer = transactions.callOnce(person, Enrolment.class, tx -> made);
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
  public List<Secret> confirm(TenantContext person, String code) {
    UUID userId = PersonContext.userId(person);
    Factor factor = factor(userId, State.PENDING, "There is no new second factor to confirm");
    OptionalLong step = codes.step(person.withoutIdempotencyKey(), factor.secret(), code);
    if (step.isEmpty()) {
      throw wrong();
    }
    List<Secret> recovery = RecoveryCodes.create();
    List<KeyDigests.Peppered> kept =
        recovery.stream().map(one -> digests.digest(RecoveryCodes.normal(one.reveal()))).toList();
    if (!factors.confirm(userId, factor.secret(), step.getAsLong(), kept)) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "There is no new second factor to confirm");
    }
    append(person, userId, "user.second_factor_added", Map.of());
    return recovery;
  }

  @Override
  public void remove(TenantContext person, String code) {
    UUID userId = PersonContext.userId(person);
    Factor factor = factor(userId, State.ON, "There is no second factor in use");
    Answer answer = codes.take(person.withoutIdempotencyKey(), userId, code);
    if (answer == Answer.WRONG) {
      throw wrong();
    }
    factors.remove(userId, factor.secret(), clock.instant());
    append(
        person,
        userId,
        "user.second_factor_removed",
        Map.of("recovery_code", answer == Answer.RECOVERY_CODE));
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

  private static RookeryException wrong() {
    return RookeryException.invalid("/code", "The code is wrong or was used before");
  }
}
