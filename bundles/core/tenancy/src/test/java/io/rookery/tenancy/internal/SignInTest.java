// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.PASSWORD;
import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.Session;
import io.rookery.api.people.SessionAuthenticator.SignedIn;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.internal.epoch.EpochsService;
import io.rookery.persistence.test.OtherNode;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.key.KeyText;
import io.rookery.tenancy.internal.people.SessionAuthenticatorImpl;
import io.rookery.tenancy.internal.people.store.Sessions;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SignInTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private People people;
  private Tenant tenant;
  private SessionAuthenticatorImpl here;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    here = people.authenticator(DATABASE.epochs());
  }

  private static boolean refused(SessionAuthenticatorImpl authenticator, Secret token) {
    try {
      authenticator.authenticate(token);
      return false;
    } catch (RookeryException e) {
      return e.code().equals(CommonErrors.UNAUTHENTICATED);
    }
  }

  /** Waits for a condition and returns how long that took. */
  private static Duration await(BooleanSupplier condition) {
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - began > Duration.ofSeconds(10).toNanos()) {
        throw new AssertionError("It never came true");
      }
      Thread.onSpinWait();
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private void assertRefused(String email, Secret password, String named) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(
            () ->
                people.sessions.signIn(new Credentials(email, password, named), from("192.0.2.1")))
        .withMessage("The e-mail address or the password is wrong")
        .satisfies(e -> assertThat(e.code()).isEqualTo(CommonErrors.UNAUTHENTICATED));
  }

  @Test
  void aPersonShouldSignInAndBeKnownByTheToken() {
    Member ada = people.join(tenant, Role.ADMIN);

    Tokens tokens = people.signIn(ada.email().toUpperCase(Locale.ROOT));

    assertThat(tokens.access().reveal()).matches("rky_access_[0-9A-Za-z]{49}");
    assertThat(tokens.refresh().reveal()).matches("rky_refresh_[0-9A-Za-z]{49}");
    assertThat(tokens.accessExpiresAt()).isEqualTo(world.clock.instant().plus(Duration.ofHours(1)));
    assertThat(tokens.refreshExpiresAt())
        .isEqualTo(world.clock.instant().plus(Duration.ofDays(30)));
    SignedIn person = here.authenticate(tokens.access());
    assertThat(person)
        .isEqualTo(
            new SignedIn(
                new Caller(
                    tenant.id(), tokens.sessionId(), Role.ADMIN.scopes(), Mode.LIVE, false, false),
                ada.userId(),
                Role.ADMIN));
    assertThat(world.events(World.context(tenant)))
        .containsSubsequence("user.created 1", "member.added 1", "session.created 0");
  }

  @Test
  void whateverIsWrongShouldGetTheSameWords() {
    Member ada = people.join(tenant, Role.OWNER);
    Tenant other = world.newTenant();
    assertRefused(ada.email(), Secret.of("grey otter, 9 stoned"), null);
    assertRefused(People.email(), PASSWORD, null);
    assertRefused(ada.email(), PASSWORD, other.slug());
    assertRefused(ada.email(), Secret.of("x".repeat(1001)), null);
    assertThat(world.events(World.context(tenant))).endsWith("session.refused 0");
  }

  @Test
  void oneAddressShouldHaveOneAccount() {
    Member ada = people.join(tenant, Role.OWNER);
    String again = ada.email().replace("example", "EXAMPLE");
    assertFails(
        CommonErrors.CONFLICT,
        () -> people.users.create(world.asOperator, tenant.id(), People.person(again, Role.OWNER)));
    assertThat(people.signIn(ada.email()).userId()).isEqualTo(ada.userId());
  }

  @Test
  void onlyTheOperatorShouldMakeAccounts() {
    Member ada = people.join(tenant, Role.OWNER);
    assertFails(
        CommonErrors.FORBIDDEN,
        () ->
            people.users.create(
                People.as(tenant, ada), tenant.id(), People.person(People.email(), Role.OWNER)));
    assertFails(
        CommonErrors.NOT_FOUND,
        () ->
            people.users.create(
                world.asOperator, Uuids.next(), People.person(People.email(), Role.OWNER)));
  }

  @Test
  void noTokenAndNoPasswordShouldStandInTheDatabase() throws Exception {
    Member ada = people.join(tenant, Role.OWNER);
    Tokens tokens = people.signIn(ada.email());
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      for (String table : List.of("user_account", "user_session", "session_token")) {
        String text = "select coalesce(string_agg(t::text, ' '), '') from platform." + table + " t";
        try (ResultSet row = statement.executeQuery(text)) {
          row.next();
          assertThat(row.getString(1))
              .isNotEmpty()
              .doesNotContain(tokens.access().reveal(), tokens.refresh().reveal(), "otter");
        }
      }
    }
  }

  @Test
  void anAccessTokenShouldEndAfterAnHourAndTheRefreshTokenGiveAnother() {
    Tokens first = people.signIn(people.join(tenant, Role.MEMBER).email());
    here.authenticate(first.access());
    world.clock.move(Duration.ofHours(1));
    assertThat(refused(here, first.access())).isTrue();

    Tokens next = people.sessions.refresh(first.refresh(), from("192.0.2.7"));

    assertThat(next.sessionId()).isEqualTo(first.sessionId());
    assertThat(here.authenticate(next.access()).role()).isEqualTo(Role.MEMBER);
    assertThat(people.sessions.list(People.as(tenant.id(), next.userId())))
        .extracting(Session::address)
        .containsExactly("192.0.2.7");
    world.clock.move(Duration.ofDays(30));
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.refresh(next.refresh(), from("192.0.2.7")));
  }

  @Test
  void whatIsNoTokenOfItsKindShouldBeRefused() {
    Tokens tokens = people.signIn(people.join(tenant, Role.MEMBER).email());
    String access = tokens.access().reveal();
    for (String wrong :
        List.of(
            "",
            "rky_access_",
            access + "x",
            KeyText.create(Mode.LIVE),
            tokens.refresh().reveal())) {
      assertThat(refused(here, Secret.of(wrong))).as(wrong).isTrue();
    }
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.refresh(tokens.access(), from("192.0.2.1")));
  }

  @Test
  void aReplayedRefreshTokenShouldEndItsFamily() {
    Tokens first = people.signIn(people.join(tenant, Role.MEMBER).email());
    Tokens next = people.sessions.refresh(first.refresh(), from("192.0.2.1"));
    here.authenticate(next.access());

    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.refresh(first.refresh(), from("198.51.100.1")));

    assertThat(refused(here, next.access())).isTrue();
    assertThat(refused(here, first.access())).isTrue();
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.refresh(next.refresh(), from("192.0.2.1")));
    assertThat(world.events(World.context(tenant))).endsWith("session.ended 0");
  }

  @Test
  void ofTwoWhoComeWithOneRefreshTokenAtOnceOneShouldWinAndTheFamilyEnd() throws Exception {
    for (int round = 0; round < 10; round++) {
      Tokens first = people.signIn(people.join(tenant, Role.MEMBER).email());
      List<Tokens> won =
          atOnce(2, () -> people.sessions.refresh(first.refresh(), from("192.0.2.1")));

      assertThat(won).hasSize(1);
      assertThat(refused(here, won.get(0).access())).isTrue();
      assertFails(
          CommonErrors.UNAUTHENTICATED,
          () -> people.sessions.refresh(won.get(0).refresh(), from("192.0.2.1")));
    }
  }

  /** Does something so many times at once; returns what came of it where it did not fail. */
  private static <T> List<T> atOnce(int times, Callable<T> work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(times);
    try {
      List<T> done = new ArrayList<>();
      for (Future<T> future : threads.invokeAll(Collections.nCopies(times, work))) {
        try {
          done.add(future.get());
        } catch (ExecutionException e) {
          assertThat(e.getCause())
              .isInstanceOfSatisfying(
                  RookeryException.class,
                  r -> assertThat(r.code()).isEqualTo(CommonErrors.UNAUTHENTICATED));
        }
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void theOldestOfSixSessionsShouldEnd() {
    Member ada = people.join(tenant, Role.MEMBER);
    List<Tokens> all = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      world.clock.move(Duration.ofSeconds(1));
      all.add(people.signIn(ada.email()));
    }
    assertThat(people.sessions.list(People.as(tenant, ada)))
        .extracting(Session::id)
        .containsExactlyElementsOf(
            List.of(5, 4, 3, 2, 1).stream().map(i -> all.get(i).sessionId()).toList());
    assertThat(refused(here, all.get(0).access())).isTrue();
    assertThat(refused(here, all.get(1).access())).isFalse();
  }

  @Test
  void noMoreThanFiveSessionsShouldBeginAtOnce() throws Exception {
    for (int round = 0; round < 10; round++) {
      Member ada = people.join(tenant, Role.MEMBER);
      for (int i = 0; i < Sessions.MOST; i++) {
        people.signIn(ada.email());
      }
      // No more than may try a password from one source at once.
      assertThat(atOnce(5, () -> people.signIn(ada.email()))).hasSize(5);
      assertThat(open(ada)).isEqualTo(Sessions.MOST);
    }
  }

  private static int open(Member member) throws Exception {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select count(*) from platform.user_session where ended_at is null and user_id = '"
                    + member.userId()
                    + "'")) {
      row.next();
      return row.getInt(1);
    }
  }

  @Test
  void anEndedSessionShouldBeRefusedEverywhereWithinTwoSeconds() {
    Member ada = people.join(tenant, Role.MEMBER);
    Tokens tokens = people.signIn(ada.email());
    EpochsService otherEpochs = OtherNode.epochs(DATABASE);
    try {
      SessionAuthenticatorImpl elsewhere = people.authenticator(otherEpochs);
      here.authenticate(tokens.access());
      elsewhere.authenticate(tokens.access());

      people.sessions.end(People.as(tenant, ada), tokens.sessionId());

      assertThat(refused(here, tokens.access())).isTrue();
      assertThat(await(() -> refused(elsewhere, tokens.access())))
          .isLessThan(Duration.ofSeconds(2));
    } finally {
      otherEpochs.close();
    }
    people.sessions.end(People.as(tenant, ada), tokens.sessionId());
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.refresh(tokens.refresh(), from("192.0.2.1")));
  }

  @Test
  void nobodyShouldEndTheSessionOfAnother() {
    Member ada = people.join(tenant, Role.OWNER);
    Member bob = people.join(tenant, Role.OWNER);
    Tokens tokens = people.signIn(ada.email());
    assertFails(
        CommonErrors.NOT_FOUND,
        () -> people.sessions.end(People.as(tenant, bob), tokens.sessionId()));
    assertFails(CommonErrors.FORBIDDEN, () -> people.sessions.list(world.asOperator));
    assertThat(refused(here, tokens.access())).isFalse();
  }

  @Test
  void warmChecksShouldNotTouchTheDatabase() {
    Tokens tokens = people.signIn(people.join(tenant, Role.MEMBER).email());
    CountingTransactions counting = new CountingTransactions(world.transactions);
    SessionAuthenticatorImpl counted =
        new SessionAuthenticatorImpl(
            new SessionAuthenticatorImpl.Neighbours(
                counting, DATABASE.epochs(), world.peppers, world.operator),
            world.clock);
    counted.authenticate(tokens.access());
    int cold = counting.calls();
    for (int i = 0; i < 1000; i++) {
      counted.authenticate(tokens.access());
    }
    assertThat(cold).isPositive();
    assertThat(counting.calls()).isEqualTo(cold);
  }

  @Test
  void tokensShouldOutliveTheirPepper() {
    Tokens tokens = people.signIn(people.join(tenant, Role.MEMBER).email());
    world.peppers.rotate();
    assertThat(refused(here, tokens.access())).isFalse();
    Tokens next = people.sessions.refresh(tokens.refresh(), from("192.0.2.1"));
    assertThat(refused(here, next.access())).isFalse();
  }

  @Test
  void onlyWhoAdministersTheOperatorsTenantShouldBeItsStaff() {
    for (Role role : Role.values()) {
      Member member =
          people.users.create(
              world.asOperator, world.operator.id(), People.person(People.email(), role));
      boolean operator =
          here.authenticate(people.signIn(member.email()).access()).caller().operator();
      assertThat(operator).as(role.name()).isEqualTo(role == Role.OWNER || role == Role.ADMIN);
    }
  }

  @Test
  void aSuspendedTenantShouldShow() {
    Tokens tokens = people.signIn(people.join(tenant, Role.OWNER).email());
    assertThat(here.authenticate(tokens.access()).caller().suspended()).isFalse();
    world.tenants.suspend(world.asOperator, tenant.id(), "unpaid");
    assertThat(here.authenticate(tokens.access()).caller().suspended()).isTrue();
  }
}
