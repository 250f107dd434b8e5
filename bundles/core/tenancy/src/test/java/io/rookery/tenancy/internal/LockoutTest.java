// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.PASSWORD;
import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.rookery.api.people.Member;
import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.SignIn;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.PeopleSweep;
import io.rookery.tenancy.internal.people.SessionServiceImpl;
import io.rookery.tenancy.internal.people.password.PasswordHasher;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class LockoutTest {

  private static final String HERE = "192.0.2.1";
  private static final String ELSEWHERE = "198.51.100.2";
  private static final Secret WRONG = Secret.of("grey otter, 9 sticks");

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

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
  }

  private SignIn signIn(People node, String email, Secret password, String address) {
    return node.sessions.signIn(new Credentials(email, password, null), from(address));
  }

  private Tokens works(String address) {
    return signIn(people, ada.email(), PASSWORD, address).tokens();
  }

  private RookeryException refused(String email, Secret password, String address) {
    return catchThrowableOfType(
        RookeryException.class, () -> signIn(people, email, password, address));
  }

  private void fail(String email, int times, String address) {
    for (int i = 0; i < times; i++) {
      assertThat(refused(email, WRONG, address).code()).isEqualTo(CommonErrors.UNAUTHENTICATED);
    }
  }

  /** Fails from so many sources that none of them is locked. */
  private void failFromAfar(String email, int times) {
    for (int i = 0; i < times; i++) {
      fail(email, 1, "203.0.113." + i);
    }
  }

  private void assertLocked(String email, String address, Duration wait) {
    RookeryException locked = refused(email, PASSWORD, address);
    assertThat(locked.code()).isEqualTo(CommonErrors.RATE_LIMITED);
    assertThat(locked.retryAfter()).isEqualTo(wait);
  }

  @Test
  void fiveFailuresShouldLockTheAccountFromTheirSourceForHalfAnHour() {
    fail(ada.email(), 4, HERE);
    works(HERE);
    fail(ada.email(), 5, HERE);
    assertLocked(ada.email(), HERE, Duration.ofMinutes(30));
    works(ELSEWHERE);
    world.clock.move(Duration.ofMinutes(29));
    assertLocked(ada.email(), HERE, Duration.ofMinutes(1));
    world.clock.move(Duration.ofMinutes(1));
    works(HERE);
    assertThat(world.events(World.context(tenant))).contains("user.locked 0", "session.refused 0");
  }

  @Test
  void failuresShouldCountForAQuarterOfAnHour() {
    fail(ada.email(), 3, HERE);
    world.clock.move(Duration.ofMinutes(14));
    fail(ada.email(), 1, HERE);
    world.clock.move(Duration.ofMinutes(1));
    fail(ada.email(), 3, HERE);
    works(HERE);
  }

  @Test
  void whatHasNoAccountShouldBehaveTheSame() {
    String nobody = People.email();
    for (String email : List.of(ada.email(), nobody)) {
      fail(email, 5, HERE);
      RookeryException locked = refused(email, WRONG, HERE);
      assertThat(locked.code()).isEqualTo(CommonErrors.RATE_LIMITED);
      assertThat(locked.retryAfter()).isEqualTo(Duration.ofMinutes(30));
      assertThat(refused(email, WRONG, ELSEWHERE))
          .hasMessage("The e-mail address or the password is wrong");
    }
    assertThat(world.events(world.asOperator)).contains("session.refused 0");
  }

  /** As many transactions and as many hashes, so that no clock tells the two apart. */
  @Test
  void whatHasNoAccountShouldTakeTheSameWork() {
    CountingTransactions counting = new CountingTransactions(world.transactions);
    SessionServiceImpl counted = people.sessions(counting, people.hasher);
    int known = calls(counting, counted, ada.email());
    assertThat(known).isPositive();
    assertThat(calls(counting, counted, People.email())).isEqualTo(known);

    PasswordHasher full = new PasswordHasher(People.CHEAP, 0, Duration.ofMillis(1));
    SessionServiceImpl hashing = people.sessions(counting, full);
    for (String email : List.of(ada.email(), People.email())) {
      for (int i = 0; i < 6; i++) {
        // Who is sent away as too many sign in has not failed, however often.
        assertFails(
            CommonErrors.UNAVAILABLE,
            () -> hashing.signIn(new Credentials(email, WRONG, null), from(ELSEWHERE)));
      }
    }
  }

  private static int calls(
      CountingTransactions counting, SessionServiceImpl sessions, String email) {
    int before = counting.calls();
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> sessions.signIn(new Credentials(email, WRONG, null), from(HERE)));
    return counting.calls() - before;
  }

  @Test
  void caseShouldGiveNoFurtherTries() {
    fail(ada.email(), 3, HERE);
    fail(ada.email().toUpperCase(Locale.ROOT), 2, HERE);
    assertLocked(ada.email(), HERE, Duration.ofMinutes(30));
  }

  @Test
  void anotherNodeShouldKnow() {
    fail(ada.email(), 5, HERE);
    People other = new People(new World(DATABASE));
    assertFails(CommonErrors.RATE_LIMITED, () -> signIn(other, ada.email(), PASSWORD, HERE));
  }

  @Test
  void manyAtOnceShouldGetNoMoreTriesThanManyInTurn() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(12);
    try {
      Callable<RookeryException> guess = () -> refused(ada.email(), WRONG, HERE);
      long tried = 0;
      for (var done : threads.invokeAll(Collections.nCopies(24, guess))) {
        tried += done.get().code().equals(CommonErrors.UNAUTHENTICATED) ? 1 : 0;
      }
      assertThat(tried).isEqualTo(5);
    } finally {
      threads.shutdownNow();
    }
    assertLocked(ada.email(), HERE, Duration.ofMinutes(30));
  }

  @Test
  void failuresFromEverywhereShouldAskForMoreThanThePasswordAndEndNoSession() {
    Tokens running = works(HERE);
    failFromAfar(ada.email(), 10);

    RookeryException guarded = refused(ada.email(), PASSWORD, ELSEWHERE);

    assertThat(guarded.code().name()).isEqualTo("unlock_required");
    people.authenticator(DATABASE.epochs()).authenticate(running.access());
    people.sessions.refresh(running.refresh(), from(HERE));
    // Whoever signed in from here before is who they say.
    works(HERE);
    world.clock.move(Duration.ofMinutes(30));
    works(ELSEWHERE);
  }

  /** Else who guesses would learn the password now and use it later. */
  @Test
  void aGuardedAccountShouldNotTellWhetherAPasswordIsRightOrThereIsAnAccount() {
    String nobody = People.email();
    for (String email : List.of(ada.email(), nobody)) {
      failFromAfar(email, 10);
      for (Secret password : List.of(PASSWORD, WRONG)) {
        for (int i = 0; i < 6; i++) {
          assertThat(refused(email, password, ELSEWHERE))
              .hasMessageStartingWith("Too many sign-ins with this address have failed")
              .satisfies(
                  e ->
                      assertThat(((RookeryException) e).code().name())
                          .isEqualTo("unlock_required"));
        }
      }
    }
  }

  @Test
  void anOperatorShouldUnlock() {
    fail(ada.email(), 5, HERE);
    failFromAfar(ada.email(), 5);
    assertFails(
        CommonErrors.FORBIDDEN, () -> people.unlocks.unlock(World.context(tenant), ada.email()));
    assertFails(
        CommonErrors.NOT_FOUND, () -> people.unlocks.unlock(world.asOperator, People.email()));

    assertThat(people.unlocks.unlock(world.asOperator, ada.email()).id()).isEqualTo(ada.userId());

    works(HERE);
    works(ELSEWHERE);
    assertThat(world.events(World.context(tenant))).contains("user.unlocked 0");
  }

  @Test
  void aMailedLinkShouldUnlockOnce() {
    failFromAfar(ada.email(), 10);
    Cause cause = people.cause(Kind.LOCKED, ada.userId());
    Letter letter = people.mail.letter(cause).orElseThrow();
    assertThat(letter.address()).isEqualTo(ada.email());
    assertThat(people.mail.letter(cause).orElseThrow().link()).isEqualTo(letter.link());

    people.unlocks.redeem(letter.link().token(), from(ELSEWHERE));

    works(ELSEWHERE);
    assertRefused(letter.link().token());
    assertThat(people.mail.letter(people.cause(Kind.LOCKED, Uuids.next()))).isEmpty();
  }

  /** Whoever goes on failing from elsewhere must not shut the door again. */
  @Test
  void whoHasUnlockedShouldSignInThoughOthersGoOnFailing() {
    failFromAfar(ada.email(), 10);
    people.unlocks.redeem(link(), from(ELSEWHERE));
    failFromAfar(ada.email(), 10);

    works(ELSEWHERE);
    assertThat(refused(ada.email(), PASSWORD, "203.0.113.77"))
        .hasMessageStartingWith("Too many sign-ins with this address have failed");
  }

  @Test
  void aMailedLinkShouldWorkForHalfAnHour() {
    Cause cause = people.cause(Kind.LOCKED, ada.userId());
    Secret link = people.mail.letter(cause).orElseThrow().link().token();
    world.clock.move(Duration.ofMinutes(30));
    assertRefused(link);
    assertThat(people.mail.letter(cause)).isEmpty();
  }

  @Test
  void onlyATokenAsItWasMadeShouldUnlock() {
    String token = link().reveal();
    assertRefused(Secret.of(""));
    assertRefused(Secret.of("rky_unlock_"));
    assertRefused(Secret.of(token + "A"));
    assertRefused(Secret.of(token + "="));
    for (int i = 0; i < token.length(); i++) {
      char other = token.charAt(i) == 'A' ? 'B' : 'A';
      assertRefused(Secret.of(token.substring(0, i) + other + token.substring(i + 1)));
    }
    people.unlocks.redeem(Secret.of(token), from(HERE));
  }

  @Test
  void aLinkShouldWorkThoughThePlatformHasANewerKey() {
    Secret link = link();
    world.peppers.rotate();
    people.unlocks.redeem(link, from(HERE));
  }

  private Secret link() {
    return people.letter(Kind.LOCKED, ada.userId()).link().token();
  }

  private void assertRefused(Secret token) {
    assertFails(CommonErrors.UNAUTHENTICATED, () -> people.unlocks.redeem(token, from(HERE)));
  }

  @Test
  void whatIsOverShouldBeSweptAndHoldNoAddress() throws Exception {
    people.unlocks.redeem(link(), from(ELSEWHERE));
    fail(ada.email(), 5, HERE);
    PeopleSweep sweep = people.sweep();
    sweep.run();
    assertThat(all("link_use")).isNotEmpty().doesNotContain("rky_");
    assertThat(all("sign_in_failure")).isNotEmpty().doesNotContain("@", HERE);
    assertLocked(ada.email(), HERE, Duration.ofMinutes(30));
    world.clock.move(Duration.ofMinutes(31));
    sweep.run();
    assertThat(all("sign_in_failure")).isEmpty();
    assertThat(all("link_use")).isEmpty();
  }

  private static String all(String table) throws Exception {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(string_agg(t::text, ' '), '') from platform." + table + " t")) {
      row.next();
      return row.getString(1);
    }
  }
}
