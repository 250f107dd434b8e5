// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.PASSWORD;
import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.Member;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.SignIn;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Tenant;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.PasswordServiceImpl;
import io.rookery.tenancy.internal.people.UnlockServiceImpl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PasswordResetTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private static final Secret NEW = Secret.of("blue heron, 4 ponds");
  private static final String HERE = "198.51.100.7";

  private World world;
  private People people;
  private Tenant tenant;
  private Member ada;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    ada = people.join(tenant, Role.OWNER);
    world.clock.move(Duration.ofMinutes(1));
  }

  @Test
  void aLinkShouldSetThePasswordOnceEndAllSessionsAndLiftLocks() {
    Tokens before = people.signIn(ada.email());
    for (int i = 0; i < 5; i++) {
      assertFails(CommonErrors.UNAUTHENTICATED, () -> signIn(Secret.of("wrong, wrong, wrong")));
    }
    Secret link = link();
    Secret other = link();

    people.passwords.reset(link, NEW, from(HERE));

    assertThat(signIn(NEW).tokens()).isNotNull();
    assertFails(CommonErrors.UNAUTHENTICATED, () -> signIn(PASSWORD));
    assertFails(
        CommonErrors.UNAUTHENTICATED, () -> people.sessions.refresh(before.refresh(), from(HERE)));
    for (Secret used : List.of(link, other)) {
      assertFails(
          CommonErrors.UNAUTHENTICATED, () -> people.passwords.reset(used, PASSWORD, from(HERE)));
    }
    assertThat(world.events(World.context(tenant)))
        .contains("user.password_changed 0", "session.ended 0")
        .doesNotContain("user.reset_asked 0");
    assertThat(world.events(world.asOperator)).contains("user.password_changed 0");
    assertThat(people.letter(Kind.PASSWORD_CHANGED, ada.userId()).link()).isNull();
  }

  @Test
  void aPasswordThatIsNotTakenShouldLeaveTheLinkWorking() {
    Secret link = link();
    for (String wrong : List.of("short", "", "Ada Lovelace 12345", "x".repeat(257))) {
      assertInvalid("/password", () -> people.passwords.reset(link, Secret.of(wrong), from(HERE)));
    }
    people.passwords.reset(link, NEW, from(HERE));
  }

  @Test
  void aLinkShouldWorkForAnHourAndForItsPurposeAlone() {
    Secret link = link();
    Secret unlock = people.letter(Kind.LOCKED, ada.userId()).link().token();
    assertFails(
        CommonErrors.UNAUTHENTICATED, () -> people.passwords.reset(unlock, NEW, from(HERE)));
    assertFails(CommonErrors.UNAUTHENTICATED, () -> people.unlocks.redeem(link, from(HERE)));
    Secret disguised = Secret.of(unlock.reveal().replace("rky_unlock_", "rky_reset_"));
    assertFails(
        CommonErrors.UNAUTHENTICATED, () -> people.passwords.reset(disguised, NEW, from(HERE)));
    world.clock.move(Duration.ofHours(1));
    assertFails(CommonErrors.UNAUTHENTICATED, () -> people.passwords.reset(link, NEW, from(HERE)));
  }

  /** The row that says that a link was used refers to the account. */
  @Test
  void linksOfAnAccountThatGoesMeanwhileShouldNotWork() {
    Secret reset = link();
    Secret unlock = people.letter(Kind.LOCKED, ada.userId()).link().token();
    PasswordServiceImpl passwords = on(new CountingTransactions(world.transactions, 2, this::go));
    assertFails(CommonErrors.UNAUTHENTICATED, () -> passwords.reset(reset, NEW, from(HERE)));
    ada = people.join(tenant, Role.OWNER);
    Secret other = people.letter(Kind.LOCKED, ada.userId()).link().token();
    UnlockServiceImpl unlocks =
        new UnlockServiceImpl(
            new CountingTransactions(world.transactions, 2, this::go),
            new EventLogService(() -> 1, null),
            world.peppers,
            world.operator,
            world.clock);
    assertFails(CommonErrors.UNAUTHENTICATED, () -> unlocks.redeem(other, from(HERE)));
    assertFails(CommonErrors.UNAUTHENTICATED, () -> unlocks.redeem(unlock, from(HERE)));
  }

  /** The use of the link and what it does come together, or not at all. */
  @Test
  void aLinkShouldNotBeUsedUpByADatabaseThatGoesAway() {
    for (int i = 0; i < 5; i++) {
      assertFails(CommonErrors.UNAUTHENTICATED, () -> signIn(NEW));
    }
    Secret link = people.letter(Kind.LOCKED, ada.userId()).link().token();
    Runnable away =
        () -> {
          throw RookeryException.unavailable("The database is away", Duration.ZERO, null);
        };
    for (int call = 1; call <= 3; call++) {
      UnlockServiceImpl unlocks =
          new UnlockServiceImpl(
              new CountingTransactions(world.transactions, call, away),
              new EventLogService(() -> 1, null),
              world.peppers,
              world.operator,
              world.clock);
      try {
        unlocks.redeem(link, from(HERE));
      } catch (RookeryException e) {
        assertThat(e.code()).isEqualTo(CommonErrors.UNAVAILABLE);
        assertFails(CommonErrors.RATE_LIMITED, () -> signIn(PASSWORD));
      }
    }
    assertThat(signIn(PASSWORD).tokens()).isNotNull();
    assertFails(CommonErrors.UNAUTHENTICATED, () -> people.unlocks.redeem(link, from(HERE)));
  }

  private void go() {
    try (var owner = DATABASE.owner();
        var delete = owner.prepareStatement("delete from platform.user_account where id = ?")) {
      delete.setObject(1, ada.userId());
      assertThat(delete.executeUpdate()).isEqualTo(1);
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void ofManyAtOnceOneShouldSetThePassword() throws Exception {
    Secret link = link();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Boolean>> all =
          Stream.generate(() -> threads.submit(() -> resets(link))).limit(6).toList();
      int done = 0;
      for (Future<Boolean> one : all) {
        done += one.get() ? 1 : 0;
      }
      assertThat(done).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean resets(Secret link) {
    try {
      people.passwords.reset(link, NEW, from(HERE));
      return true;
    } catch (RuntimeException e) {
      return false;
    }
  }

  /** Whoever began to sign in with the old password must not end it with a code. */
  @Test
  void aChallengeShouldNotOutliveThePassword() {
    SignIn begun = secondFactor();
    people.passwords.reset(link(), NEW, from(HERE));
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.verify(begun.challenge().token(), "123456", from(HERE)));
    assertThat(signIn(NEW).challenge()).isNotNull();
  }

  /** Whoever knows the old password alone must not be in when it is gone, however close it was. */
  @Test
  void aSignInThatGoesOnShouldNotOutliveThePassword() {
    int refused = 0;
    for (int before = 1; before <= 8; before++) {
      ada = people.join(tenant, Role.MEMBER);
      Credentials old = new Credentials(ada.email(), PASSWORD, null);
      try {
        people.crossed(before, ada, NEW).signIn(old, from(HERE));
      } catch (RookeryException e) {
        assertThat(e.code()).isEqualTo(CommonErrors.UNAUTHENTICATED);
        refused++;
      }
      if (people.passwordIs(ada, NEW)) {
        assertThat(people.sessions.list(People.as(tenant, ada))).as("before %d", before).isEmpty();
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(3);
  }

  private SignIn secondFactor() {
    try (var owner = DATABASE.owner();
        var turn =
            owner.prepareStatement(
                "update platform.user_account set totp_state = 'on' where id = ?")) {
      turn.setObject(1, ada.userId());
      turn.executeUpdate();
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
    return signIn(PASSWORD);
  }

  @Test
  void askingShouldDoTheSameForKnownAndUnknownAddressesAndBeBounded() {
    CountingTransactions counted = new CountingTransactions(world.transactions);
    PasswordServiceImpl passwords = on(counted);
    int[] work = new int[2];
    String[] emails = {ada.email(), People.email()};
    for (int i = 0; i < 2; i++) {
      int before = counted.calls();
      for (int ask = 0; ask < 5; ask++) {
        passwords.askReset(emails[i], from("192.0.2." + (20 * i + ask)));
      }
      work[i] = counted.calls() - before;
    }
    assertThat(work[0]).isEqualTo(work[1]).isPositive();
    assertThat(asked(ada)).isEqualTo(3);
    world.clock.move(Duration.ofMinutes(61));
    passwords.askReset(ada.email(), from(HERE));
    assertThat(asked(ada)).isEqualTo(4);
  }

  @Test
  void aSourceShouldAskTwentyTimesAnHour() {
    for (int i = 0; i < 20; i++) {
      people.passwords.askReset(People.email(), from("2001:db8::" + i));
    }
    assertFails(
        CommonErrors.RATE_LIMITED,
        () -> people.passwords.askReset(People.email(), from("2001:db8::ffff")));
    assertInvalid("/email", () -> people.passwords.askReset("nowhere", from(HERE)));
    people.passwords.askReset(ada.email().toUpperCase(Locale.ROOT), from(HERE));
    assertThat(asked(ada)).isEqualTo(1);
  }

  private long asked(Member member) {
    return world.transactions.call(
        world.asOperator,
        tx -> {
          try (var select =
              tx.connection()
                  .prepareStatement(
                      "select count(*) from tenant.event"
                          + " where type = 'user.reset_asked' and subject_id = ?")) {
            select.setObject(1, member.userId());
            var row = select.executeQuery();
            row.next();
            return row.getLong(1);
          }
        });
  }

  private PasswordServiceImpl on(CountingTransactions transactions) {
    return new PasswordServiceImpl(
        new PasswordServiceImpl.Neighbours(
            transactions,
            new EventLogService(() -> 1, null),
            DATABASE.epochs(),
            world.peppers,
            world.operator),
        people.hasher,
        world.clock);
  }

  private Secret link() {
    return people.letter(Kind.RESET_ASKED, ada.userId()).link().token();
  }

  private SignIn signIn(Secret password) {
    return people.sessions.signIn(new Credentials(ada.email(), password, null), from(HERE));
  }
}
