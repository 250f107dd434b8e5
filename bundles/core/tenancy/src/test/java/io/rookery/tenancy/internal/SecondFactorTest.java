// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.PASSWORD;
import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.SecondFactorService.Enrolment;
import io.rookery.api.people.SecondFactorService.Removal;
import io.rookery.api.people.SessionService.Challenge;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.SignIn;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.SessionServiceImpl;
import io.rookery.tenancy.internal.people.totp.Base32;
import io.rookery.tenancy.internal.people.totp.Totp;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecondFactorTest {

  private static final String HERE = "192.0.2.1";
  private static final Secret WRONG = Secret.of("grey otter, 8 stones");
  private static final Duration STEP = Duration.ofSeconds(Totp.STEP);

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private People people;
  private Tenant tenant;
  private Member ada;
  private TenantContext asAda;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    ada = people.join(tenant, Role.OWNER);
    asAda = People.as(tenant, ada);
  }

  private String code(Secret secret) {
    long step = world.clock.instant().getEpochSecond() / Totp.STEP;
    return "%06d".formatted(Totp.code(Base32.read(secret.reveal()), step, Totp.DIGITS));
  }

  private Enrolment enrol(TenantContext person) {
    return people.factors.enrol(person, PASSWORD, from(HERE));
  }

  private List<Secret> confirm(String code) {
    return people.factors.confirm(asAda, code, from(HERE));
  }

  private void remove(String code) {
    people.factors.remove(asAda, new Removal(PASSWORD, code), from(HERE));
  }

  private record Added(Secret secret, List<Secret> recovery) {}

  /** Adds a second factor; its first code is used up by it. */
  private Added add() {
    Enrolment enrolment = enrol(asAda);
    List<Secret> recovery = confirm(code(enrolment.secret()));
    world.clock.move(STEP);
    return new Added(enrolment.secret(), recovery);
  }

  private Challenge challenge() {
    SignIn asked = people.sessions.signIn(new Credentials(ada.email(), PASSWORD, null), from(HERE));
    assertThat(asked.tokens()).isNull();
    return asked.challenge();
  }

  private Tokens verify(Challenge challenge, String code) {
    return people.sessions.verify(challenge.token(), code, from(HERE));
  }

  private void assertWrong(Challenge challenge, String code) {
    assertFails(CommonErrors.UNAUTHENTICATED, () -> verify(challenge, code));
  }

  @Test
  void aCodeShouldBeAskedForOnceItIsConfirmed() {
    Enrolment enrolment = enrol(asAda);
    assertThat(enrolment.uri().reveal())
        .startsWith("otpauth://totp/Rookery:")
        .contains("secret=" + enrolment.secret().reveal(), "issuer=Rookery", "period=30");
    assertThat(people.signIn(ada.email())).isNotNull();
    assertInvalid("/code", () -> confirm("000000x"));

    assertThat(confirm(code(enrolment.secret()))).hasSize(10);

    world.clock.move(STEP);
    assertThat(people.users.self(asAda).secondFactor()).isTrue();
    Tokens tokens = verify(challenge(), code(enrolment.secret()));
    assertThat(tokens.userId()).isEqualTo(ada.userId());
    people.authenticator(DATABASE.epochs()).authenticate(tokens.access());
    assertThat(world.events(World.context(tenant)))
        .contains("user.second_factor_added 0")
        .endsWith("session.created 0");
  }

  @Test
  void aCodeShouldBeTakenOnce() {
    Added added = add();
    String code = code(added.secret());
    verify(challenge(), code);
    assertWrong(challenge(), code);
    world.clock.move(STEP);
    verify(challenge(), code(added.secret()));
  }

  @Test
  void theCodeThatConfirmedShouldBeUsedUp() {
    Enrolment enrolment = enrol(asAda);
    String code = code(enrolment.secret());
    confirm(code);
    assertWrong(challenge(), code);
  }

  @Test
  void aCodeShouldBeTakenOnceByManyAtOnce() throws Exception {
    Added added = add();
    String code = code(added.secret());
    List<Challenge> both = List.of(challenge(), challenge());
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      int signedIn = 0;
      List<Callable<Tokens>> calls =
          both.stream().<Callable<Tokens>>map(each -> () -> verify(each, code)).toList();
      for (var call : threads.invokeAll(calls)) {
        try {
          call.get();
          signedIn++;
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(RookeryException.class);
        }
      }
      assertThat(signedIn).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aClockMayBeAStepWrong() {
    Added added = add();
    String code = code(added.secret());
    world.clock.move(STEP);
    verify(challenge(), code);
    world.clock.move(STEP);
    String old = code(added.secret());
    world.clock.move(STEP.multipliedBy(2));
    assertWrong(challenge(), old);
  }

  @Test
  void aChallengeShouldWorkOnceAndForFiveMinutes() {
    Added added = add();
    Challenge used = challenge();
    verify(used, code(added.secret()));
    world.clock.move(STEP);
    assertWrong(used, code(added.secret()));
    Challenge late = challenge();
    world.clock.move(Duration.ofMinutes(5));
    assertWrong(late, code(added.secret()));
    Challenge other = new Challenge(Secret.of("rky_challenge_" + "A".repeat(49)), null);
    assertWrong(other, code(added.secret()));
  }

  /** Neither the step with the password nor the one with the code. */
  @Test
  void noStepOfASignInShouldOutliveThePassword() {
    Secret next = Secret.of("blue heron, 4 ponds");
    for (int before = 1; before <= 8; before++) {
      begin();
      Secret secret = add().secret();
      Credentials old = new Credentials(ada.email(), PASSWORD, null);
      SessionServiceImpl crossed = people.crossed(before, ada, next);
      assertNothingLeft(next, () -> crossed.signIn(old, from(HERE)).challenge(), secret);

      begin();
      Secret other = add().secret();
      Challenge begun = challenge();
      SessionServiceImpl late = people.crossed(before, ada, next);
      assertNothingLeft(
          next,
          () -> {
            late.verify(begun.token(), code(other), from(HERE));
            return begun;
          },
          other);
    }
  }

  private void assertNothingLeft(Secret password, Supplier<Challenge> step, Secret secret) {
    Challenge left = null;
    try {
      left = step.get();
    } catch (RookeryException e) {
      assertThat(e.code()).isEqualTo(CommonErrors.UNAUTHENTICATED);
    }
    if (people.passwordIs(ada, password)) {
      assertThat(people.sessions.list(asAda)).isEmpty();
      world.clock.move(STEP);
      if (left != null) {
        assertWrong(left, code(secret));
      }
    }
  }

  @Test
  void aRecoveryCodeShouldStandForACodeOnce() {
    Added added = add();
    String code = added.recovery().get(3).reveal();
    assertThat(code).matches("([a-z2-7]{4}-){3}[a-z2-7]{4}");
    verify(challenge(), " " + code.toUpperCase(Locale.ROOT).replace('-', ' '));
    assertWrong(challenge(), code);
    verify(challenge(), added.recovery().get(4).reveal());
    assertThat(world.events(World.context(tenant))).contains("user.recovery_code_used 0");
  }

  @Test
  void wrongCodesShouldLockAsWrongPasswordsDo() {
    Added added = add();
    for (int i = 0; i < 5; i++) {
      // A right password in between forgets nothing.
      assertWrong(challenge(), "wrong-" + i);
    }
    assertFails(CommonErrors.RATE_LIMITED, this::challenge);
    world.clock.move(Duration.ofMinutes(30));
    verify(challenge(), code(added.secret()));
  }

  @Test
  void aSealedStoreShouldLeaveRecoveryCodesAndCountNoFailure() {
    Added added = add();
    people.secrets.sealed = true;
    Challenge challenge = challenge();
    for (int i = 0; i < 6; i++) {
      assertFails(CommonErrors.UNAVAILABLE, () -> verify(challenge, code(added.secret())));
    }
    verify(challenge(), added.recovery().get(0).reveal());
    people.secrets.sealed = false;
    verify(challenge(), code(added.secret()));
  }

  @Test
  void aFactorInUseShouldNotBeReplaced() {
    Added added = add();
    assertFails(CommonErrors.WRONG_STATE, () -> enrol(asAda));
    assertFails(CommonErrors.WRONG_STATE, () -> confirm("123456"));
    verify(challenge(), code(added.secret()));
  }

  @Test
  void aNewEnrolmentShouldReplaceOneThatWasNotConfirmed() {
    Enrolment first = enrol(asAda);
    Enrolment second = enrol(asAda);
    assertInvalid("/code", () -> confirm(code(first.secret())));
    confirm(code(second.secret()));
  }

  @Test
  void aRepeatedEnrolmentShouldMakeOneSecret() {
    TenantContext keyed = asAda.with(new IdempotencyKey("enrol", "f"));
    Enrolment made = enrol(keyed);
    assertFails(CommonErrors.ALREADY_DONE, () -> enrol(keyed));
    confirm(code(made.secret()));
  }

  @Test
  void removingShouldTakeACodeAndLeaveNothing() throws Exception {
    Added added = add();
    assertInvalid("/code", () -> remove("wrong"));
    remove(code(added.secret()));
    assertThat(people.signIn(ada.email())).isNotNull();
    assertFails(CommonErrors.WRONG_STATE, () -> remove("123456"));
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from platform.recovery_code where user_id = '"
                    + ada.userId()
                    + "'")) {
      row.next();
      assertThat(row.getInt(1)).isZero();
    }
  }

  /** Whoever finds a session open must neither lock its person out nor strip the account. */
  @Test
  void aSessionAloneShouldNeitherAddNorRemoveAFactor() {
    assertInvalid("/password", () -> people.factors.enrol(asAda, WRONG, from(HERE)));
    Added added = add();
    String code = code(added.secret());
    assertInvalid(
        "/password", () -> people.factors.remove(asAda, new Removal(WRONG, code), from(HERE)));
    assertThat(people.users.self(asAda).secondFactor()).isTrue();
    // The code was not looked at, so it is there still for whoever has the password.
    remove(code);
    assertThat(people.users.self(asAda).secondFactor()).isFalse();
    assertThat(world.events(World.context(tenant))).contains("session.refused 0");
  }

  @Test
  void wrongCodesThatRemoveOrConfirmShouldLockAsWrongPasswordsDo() {
    Added added = add();
    for (int i = 0; i < 5; i++) {
      String wrong = "wrong-" + i;
      assertInvalid("/code", () -> remove(wrong));
    }
    assertFails(CommonErrors.RATE_LIMITED, () -> remove(code(added.secret())));
    assertThat(world.events(World.context(tenant))).contains("user.locked 0");
    world.clock.move(Duration.ofMinutes(30));
    remove(code(added.secret()));

    Enrolment enrolment = enrol(asAda);
    for (int i = 0; i < 5; i++) {
      String wrong = "wrong-" + i;
      assertInvalid("/code", () -> confirm(wrong));
    }
    assertFails(CommonErrors.RATE_LIMITED, () -> confirm(code(enrolment.secret())));
  }

  @Test
  void aSealedStoreShouldCountNoFailureOfWhoeverRemoves() {
    Added added = add();
    people.secrets.sealed = true;
    for (int i = 0; i < 6; i++) {
      assertFails(CommonErrors.UNAVAILABLE, () -> remove(code(added.secret())));
    }
    people.secrets.sealed = false;
    remove(code(added.secret()));
  }

  @Test
  void theOperatorShouldTakeAFactorOffThatIsLost() {
    add();
    String email = ada.email().toUpperCase(Locale.ROOT);
    assertFails(CommonErrors.FORBIDDEN, () -> people.factors.takeOff(asAda, email));
    assertFails(
        CommonErrors.NOT_FOUND, () -> people.factors.takeOff(world.asOperator, People.email()));

    assertThat(people.factors.takeOff(world.asOperator, email).id()).isEqualTo(ada.userId());

    assertThat(people.signIn(ada.email())).isNotNull();
    assertFails(CommonErrors.WRONG_STATE, () -> people.factors.takeOff(world.asOperator, email));
    for (TenantContext told : List.of(World.context(tenant), world.asOperator)) {
      assertThat(world.events(told)).contains("user.second_factor_removed 0");
    }
    people.sweep().run();
    assertThat(people.secrets.size()).isZero();
  }

  @Test
  void whatNothingRefersToShouldGoFromTheStore() {
    enrol(asAda);
    Added added = add();
    people.sweep().run();
    assertThat(people.secrets.size()).as("the one that is in use").isEqualTo(1);

    remove(code(added.secret()));
    people.secrets.sealed = true;
    people.sweep().run();
    people.secrets.sealed = false;
    assertThat(people.secrets.size()).as("a sealed store lets go of nothing").isEqualTo(1);
    people.sweep().run();
    assertThat(people.secrets.size()).isZero();
  }

  @Test
  void whatANodeLeftThatDiedShouldGoFromTheStore() {
    add();
    assertFails(CommonErrors.WRONG_STATE, () -> enrol(asAda));
    people.sweep().run();
    assertThat(people.secrets.size()).isEqualTo(2);
    world.clock.move(Duration.ofMinutes(11));
    people.sweep().run();
    assertThat(people.secrets.size()).isEqualTo(1);
  }

  @Test
  void theSecretOfAnAccountThatGoesShouldGoToo() {
    Member bob = people.join(tenant, Role.MEMBER);
    enrol(People.as(tenant, bob));
    people.members().remove(asAda, bob.id());
    people.sweep().run();
    assertThat(people.secrets.size()).isZero();
  }

  @Test
  void noSecretShouldStandInTheDatabase() throws Exception {
    Added added = add();
    Challenge challenge = challenge();
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      for (String table : List.of("user_account", "recovery_code", "sign_in_challenge")) {
        String all = "select string_agg(t::text, ' ') from platform." + table + " t";
        try (ResultSet row = statement.executeQuery(all)) {
          row.next();
          assertThat(row.getString(1))
              .doesNotContain(added.secret().reveal(), challenge.token().reveal())
              .doesNotContain(added.recovery().get(0).reveal())
              .doesNotContain(added.recovery().get(0).reveal().replace("-", ""));
        }
      }
    }
  }

  @Test
  void aPersonShouldHaveFewChallengesAtATime() throws Exception {
    Added added = add();
    Challenge oldest = challenge();
    for (int i = 0; i < 5; i++) {
      world.clock.move(Duration.ofSeconds(1));
      challenge();
    }
    assertWrong(oldest, code(added.secret()));
  }
}
