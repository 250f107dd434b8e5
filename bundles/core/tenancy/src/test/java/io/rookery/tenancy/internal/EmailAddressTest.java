// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.PASSWORD;
import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.EmailAddressService.NewAddress;
import io.rookery.api.people.Member;
import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.EmailAddressServiceImpl;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EmailAddressTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private static final Map<String, Kind> KINDS =
      Map.of(
          "user.verification_asked", Kind.VERIFY,
          "email_change.asked", Kind.EMAIL_CHANGE,
          "email_change.link_asked", Kind.NEW_EMAIL);
  private static final String HERE = "198.51.100.7";
  private static final Secret WRONG = Secret.of("wrong, wrong, wrong");

  private World world;
  private People people;
  private Tenant tenant;
  private Member ada;
  private TenantContext asAda;
  private EmailAddressServiceImpl addresses;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    ada = people.join(tenant, Role.OWNER);
    asAda = People.as(tenant, ada);
    addresses = people.addresses();
  }

  @Test
  void aMailedLinkShouldVerifyTheAddressOnce() {
    assertThat(people.users.self(asAda).emailVerified()).isFalse();
    addresses.askVerification(asAda);
    Letter letter = letters().get(0);
    assertThat(letter.address()).isEqualTo(ada.email());

    addresses.redeem(letter.link().token(), from(HERE));

    assertThat(people.users.self(asAda).emailVerified()).isTrue();
    assertRefused(letter);
    assertFails(CommonErrors.WRONG_STATE, () -> addresses.askVerification(asAda));
    assertThat(letters()).isEmpty();
    assertThat(world.events(World.context(tenant)))
        .contains("user.verification_asked 0", "user.email_verified 0");
  }

  @Test
  void whateverLinkIsUsedShouldVerifyTheAddress() {
    people.unlocks.redeem(people.letter(Kind.LOCKED, ada.userId()).link().token(), from(HERE));
    assertThat(people.users.self(asAda).emailVerified()).isTrue();
  }

  @Test
  void aLinkShouldWorkForADayAndForItsPurposeAlone() {
    Secret reset = people.letter(Kind.RESET_ASKED, ada.userId()).link().token();
    assertRefused(reset);
    assertRefused(Secret.of(reset.reveal().replace("rky_reset_", "rky_verify_")));
    addresses.askVerification(asAda);
    Letter letter = letters().get(0);
    world.clock.move(Duration.ofDays(1).minusSeconds(2));
    assertThat(letters()).hasSize(1);
    world.clock.move(Duration.ofSeconds(2));
    assertRefused(letter);
    assertThat(letters()).isEmpty();
  }

  @Test
  void anAddressShouldChangeByTheMailedLinkAloneAndEndNothing() {
    Tokens session = people.signIn(ada.email());
    String next = "New" + People.email();
    change(next);
    List<Letter> letters = letters();
    assertThat(letters).extracting(Letter::address).containsExactly(ada.email(), next);
    assertThat(letters.get(0).link()).isNull();
    assertThat(letters.get(0).words()).containsEntry("email", next).containsKey("name");
    assertThat(letters.get(1).words()).isEmpty();
    assertThat(people.signIn(ada.email())).isNotNull();
    assertThat(people.users.self(asAda).email()).isEqualTo(ada.email());

    addresses.redeem(letters.get(1).link().token(), from(HERE));

    assertThat(people.users.self(asAda).email()).isEqualTo(next);
    assertThat(people.users.self(asAda).emailVerified()).isTrue();
    assertThat(people.signIn(next).userId()).isEqualTo(ada.userId());
    assertFails(CommonErrors.UNAUTHENTICATED, () -> people.signIn(ada.email()));
    assertThat(people.sessions.refresh(session.refresh(), from(HERE))).isNotNull();
    assertRefused(letters.get(1));
    // The former address is told also where the link was quicker.
    assertThat(letters()).extracting(Letter::address).containsExactly(ada.email());
    world.clock.move(Duration.ofDays(3));
    assertThat(letters()).isEmpty();
    assertThat(world.events(World.context(tenant)))
        .contains("email_change.asked 0", "email_change.link_asked 0", "user.email_changed 0");
  }

  @Test
  void anAddressThatIsTakenShouldGetNoLinkAndTheAnswerBeTheSame() {
    Member eve = people.join(tenant, Role.MEMBER);
    change(eve.email());
    assertThat(letters()).extracting(Letter::address).containsExactly(ada.email());
    assertThat(world.events(World.context(tenant)))
        .contains("email_change.asked 0", "email_change.link_asked 0");
  }

  @Test
  void anAddressThatIsTakenMeanwhileShouldStayAnothersAndTheLinkUnused() {
    String next = People.email();
    change(next);
    Letter link = letters().get(1);
    Member other =
        people.users.create(world.asOperator, tenant.id(), People.person(next, Role.MEMBER));

    assertFails(CommonErrors.CONFLICT, () -> addresses.redeem(link.link().token(), from(HERE)));

    assertThat(people.users.self(asAda).email()).isEqualTo(ada.email());
    assertThat(people.signIn(next).userId()).isEqualTo(other.userId());
    people.members().remove(asAda, other.id());
    addresses.redeem(link.link().token(), from(HERE));
    assertThat(people.users.self(asAda).email()).isEqualTo(next);
  }

  @Test
  void whoeverHasASessionAloneShouldNeitherChangeNorGuess() {
    people.signIn(ada.email());
    for (int i = 0; i < 5; i++) {
      assertInvalid("/password", () -> change(People.email(), WRONG));
    }
    assertFails(CommonErrors.RATE_LIMITED, () -> change(People.email(), PASSWORD));
    assertThat(letters()).isEmpty();
    assertThat(world.events(World.context(tenant))).contains("user.locked 0");
    Credentials right = new Credentials(ada.email(), PASSWORD, null);
    assertFails(CommonErrors.RATE_LIMITED, () -> people.sessions.signIn(right, from(HERE)));
    assertThat(people.signIn(ada.email())).isNotNull();
  }

  /** Right passwords are no failures, and forget none: they are no second factor. */
  @Test
  void aRightPasswordShouldCountForNothing() {
    for (int i = 0; i < 4; i++) {
      assertInvalid("/password", () -> change(People.email(), WRONG));
    }
    change(People.email());
    change(People.email());
    assertInvalid("/password", () -> change(People.email(), WRONG));
    assertFails(CommonErrors.RATE_LIMITED, () -> change(People.email(), PASSWORD));
  }

  @Test
  void aGuardedAccountShouldChangeFromWhereItsPersonSignedInAlone() {
    people.sessions.signIn(new Credentials(ada.email(), PASSWORD, null), from(HERE));
    for (int i = 0; i < 10; i++) {
      Credentials wrong = new Credentials(ada.email(), WRONG, null);
      String elsewhere = "203.0.113." + i;
      assertFails(
          CommonErrors.UNAUTHENTICATED, () -> people.sessions.signIn(wrong, from(elsewhere)));
    }
    ErrorCode guarded = new ErrorCode("unlock_required", ErrorCode.Kind.FORBIDDEN);
    NewAddress wanted = new NewAddress(People.email(), PASSWORD);
    assertFails(guarded, () -> addresses.askChange(asAda, wanted, from("203.0.113.200")));
    addresses.askChange(asAda, wanted, from(HERE));
  }

  @Test
  void aNewPasswordShouldCallAChangeOff() {
    String next = People.email();
    change(next);
    Letter link = letters().get(1);
    world.clock.move(Duration.ofMinutes(1));
    Secret reset = people.letter(Kind.RESET_ASKED, ada.userId()).link().token();

    people.passwords.reset(reset, Secret.of("blue heron, 4 ponds"), from(HERE));

    assertRefused(link);
    assertThat(people.users.self(asAda).email()).isEqualTo(ada.email());
    assertThat(people.users.self(asAda).emailVerified()).isTrue();
  }

  /** Whoever asks with the old password while it is set anew must get no link either. */
  @Test
  void noChangeThatIsAskedForMeanwhileShouldOutliveThePassword() {
    Secret next = Secret.of("blue heron, 4 ponds");
    int refused = 0;
    for (int before = 1; before <= 8; before++) {
      ada = people.join(tenant, Role.MEMBER);
      asAda = People.as(tenant, ada);
      NewAddress wanted = new NewAddress(People.email(), PASSWORD);
      Runnable reset = () -> people.reset(ada, next);
      try {
        people
            .addresses(new CountingTransactions(world.transactions, before, reset))
            .askChange(asAda, wanted, from(HERE));
      } catch (RookeryException e) {
        assertThat(e.code()).isEqualTo(CommonErrors.VALIDATION_FAILED);
        refused++;
      }
      if (people.passwordIs(ada, next)) {
        assertThat(waiting()).as("before %d", before).isZero();
      }
    }
    assertThat(refused).isGreaterThanOrEqualTo(3);
  }

  @Test
  void aChangeShouldTakeThePlaceOfTheOneBefore() {
    String first = People.email();
    String second = People.email();
    change(first);
    Letter old = letters().get(1);
    change(second);
    assertRefused(old);
    assertThat(letters())
        .extracting(Letter::address)
        .containsExactly(ada.email(), ada.email(), second);
    // Asked again it is the same change, and each of its links works until one did.
    change(second);
    List<Letter> links =
        letters().stream().filter(letter -> letter.address().equals(second)).toList();
    assertThat(links).hasSize(2);
    addresses.redeem(links.get(0).link().token(), from(HERE));
    assertRefused(links.get(1));
  }

  @Test
  void linksShouldBeAskedForThreeTimesInAnHourAndOnceForAKey() {
    TenantContext keyed = asAda.with(new IdempotencyKey(Uuids.next().toString(), "f"));
    NewAddress wanted = new NewAddress(People.email(), PASSWORD);
    addresses.askChange(keyed, wanted, from(HERE));
    addresses.askChange(keyed, wanted, from(HERE));
    assertThat(letters()).hasSize(2);
    addresses.redeem(letters().get(1).link().token(), from(HERE));
    change(People.email());
    assertFails(CommonErrors.RATE_LIMITED, () -> change(People.email()));
    world.clock.move(Duration.ofHours(1));
    change(People.email());
  }

  @Test
  void aRepeatedRequestShouldNotUndoALaterOne() {
    TenantContext keyed = asAda.with(new IdempotencyKey(Uuids.next().toString(), "f"));
    NewAddress wanted = new NewAddress(People.email(), PASSWORD);
    addresses.askChange(keyed, wanted, from(HERE));
    String later = People.email();
    change(later);

    addresses.askChange(keyed, wanted, from(HERE));

    List<Letter> letters = letters();
    assertThat(letters)
        .extracting(Letter::address)
        .containsExactly(ada.email(), ada.email(), later);
    addresses.redeem(letters.get(2).link().token(), from(HERE));
    assertThat(people.users.self(asAda).email()).isEqualTo(later);
  }

  /** Each of the steps may be the last of a node; the same request finishes what it began. */
  @Test
  void aRequestThatWasCutShouldBeFinishedByItsRepetition() {
    Runnable away =
        () -> {
          throw RookeryException.unavailable("The database is away", Duration.ZERO, null);
        };
    for (int before = 1; before <= 8; before++) {
      begin();
      TenantContext keyed = asAda.with(new IdempotencyKey(Uuids.next().toString(), "f"));
      NewAddress wanted = new NewAddress(People.email(), PASSWORD);
      try {
        people
            .addresses(new CountingTransactions(world.transactions, before, away))
            .askChange(keyed, wanted, from(HERE));
      } catch (RookeryException e) {
        assertThat(e.code()).isEqualTo(CommonErrors.UNAVAILABLE);
        addresses.askChange(keyed, wanted, from(HERE));
      }
      assertThat(letters())
          .extracting(Letter::address)
          .containsExactly(ada.email(), wanted.email());
    }
  }

  @Test
  void whatIsNoNewAddressShouldBeRefused() {
    for (String wrong :
        List.of("", "nowhere", "a b@x.example", ada.email(), "P" + ada.email().substring(1))) {
      assertInvalid("/email", () -> change(wrong));
    }
    TenantContext key =
        TenantContext.of(tenant.id(), new Actor(Actor.Kind.API_KEY, Uuids.next().toString()));
    assertFails(CommonErrors.FORBIDDEN, () -> addresses.askVerification(key));
    assertFails(
        CommonErrors.FORBIDDEN,
        () -> addresses.askChange(key, new NewAddress(People.email(), PASSWORD), from(HERE)));
  }

  @Test
  void ofManyWhoUseALinkAtOnceOneShouldChangeTheAddress() throws Exception {
    change(People.email());
    Secret token = letters().get(1).link().token();
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Boolean>> all =
          Stream.generate(() -> threads.submit(() -> redeems(token))).limit(6).toList();
      int done = 0;
      for (Future<Boolean> one : all) {
        done += one.get() ? 1 : 0;
      }
      assertThat(done).isEqualTo(1);
    } finally {
      threads.shutdownNow();
    }
  }

  private boolean redeems(Secret token) {
    try {
      addresses.redeem(token, from(HERE));
      return true;
    } catch (RookeryException e) {
      assertThat(e.code()).isEqualTo(CommonErrors.UNAUTHENTICATED);
      return false;
    }
  }

  @Test
  void changesShouldGoWithTheirTimeAndTheirAccount() {
    change(People.email());
    people.sweep().run();
    assertThat(changes()).isEqualTo(1);
    world.clock.move(Duration.ofDays(3).minusSeconds(1));
    people.sweep().run();
    assertThat(changes()).isEqualTo(1);
    world.clock.move(Duration.ofSeconds(2));
    people.sweep().run();
    assertThat(changes()).isZero();
  }

  private long changes() {
    return changes("");
  }

  private long waiting() {
    return changes(" and ended_at is null");
  }

  private long changes(String which) {
    return world.transactions.system(
        SystemPurpose.PEOPLE,
        connection -> {
          try (PreparedStatement query =
              connection.prepareStatement(
                  "select count(*) from platform.email_change where user_id = ?" + which)) {
            query.setObject(1, ada.userId());
            try (ResultSet rows = query.executeQuery()) {
              rows.next();
              return rows.getLong(1);
            }
          }
        });
  }

  /** Returns what would be mailed now for all that happened in the tenant, in that order. */
  private List<Letter> letters() {
    return causes().stream().flatMap(cause -> people.mail.letter(cause).stream()).toList();
  }

  private List<Cause> causes() {
    return world.transactions.call(
        World.context(tenant),
        tx -> {
          try (PreparedStatement query =
                  tx.connection()
                      .prepareStatement(
                          "select id, type, subject_id, occurred_at from tenant.event order by id");
              ResultSet rows = query.executeQuery()) {
            List<Cause> found = new ArrayList<>();
            while (rows.next()) {
              Kind kind = KINDS.get(rows.getString(2));
              if (kind != null) {
                found.add(
                    new Cause(
                        rows.getObject(1, UUID.class),
                        kind,
                        tenant.id(),
                        rows.getObject(3, UUID.class),
                        rows.getObject(4, OffsetDateTime.class).toInstant()));
              }
            }
            return found;
          }
        });
  }

  private void change(String email) {
    change(email, PASSWORD);
  }

  private void change(String email, Secret password) {
    addresses.askChange(asAda, new NewAddress(email, password), from(HERE));
  }

  private void assertRefused(Letter letter) {
    assertRefused(letter.link().token());
  }

  private void assertRefused(Secret token) {
    assertFails(CommonErrors.UNAUTHENTICATED, () -> addresses.redeem(token, from(HERE)));
  }
}
