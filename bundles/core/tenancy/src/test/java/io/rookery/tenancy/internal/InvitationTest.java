// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.PASSWORD;
import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.Invitation;
import io.rookery.api.people.InvitationService.NewPerson;
import io.rookery.api.people.InvitationService.Offer;
import io.rookery.api.people.Member;
import io.rookery.api.people.PeopleMail.Cause;
import io.rookery.api.people.PeopleMail.Kind;
import io.rookery.api.people.PeopleMail.Letter;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.tenancy.Tenant;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.InvitationServiceImpl;
import io.rookery.tenancy.internal.people.MemberServiceImpl;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class InvitationTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private static final NewPerson EVE = new NewPerson("Eve Moore", PASSWORD);
  private static final String HERE = "198.51.100.7";

  private World world;
  private People people;
  private Tenant tenant;
  private TenantContext owner;
  private InvitationServiceImpl invitations;
  private long most = Long.MAX_VALUE;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    owner = People.as(tenant, people.join(tenant, Role.OWNER));
    Entitlements bounded =
        (tx, entitlement, wanted) -> {
          assertThat(entitlement).isEqualTo(Entitlement.USERS);
          try {
            if (wanted.total(tx) > most) {
              throw new RookeryException(Entitlements.LIMIT_REACHED, "The plan allows no more");
            }
          } catch (SQLException e) {
            throw new AssertionError(e);
          }
        };
    invitations =
        new InvitationServiceImpl(
            new InvitationServiceImpl.Neighbours(
                world.transactions,
                new EventLogService(() -> 1, null),
                world.peppers,
                world.tenants,
                bounded),
            people.hasher,
            world.clock);
  }

  /** Else somebody could leave a way back in for when the tenant has let them go. */
  @Test
  void anInvitationShouldNotOutliveTheRightOfWhoeverMadeIt() {
    MemberServiceImpl members = people.members();
    Member second = people.verified(people.join(tenant, Role.OWNER));
    TenantContext asSecond = People.as(tenant, second);
    Letter toOwner = letter(asSecond, Role.OWNER);
    Letter toAdmin = letter(asSecond, Role.ADMIN);
    Letter ofAnother = letter(owner, Role.OWNER);

    members.changeRole(owner, second.id(), Role.ADMIN, 0);

    assertRefused(toOwner);
    assertThat(invitations.accept(toAdmin.link().token(), EVE, from(HERE))).isNotNull();
    Letter toBystander = letter(asSecond, Role.VIEWER);
    members.changeRole(owner, second.id(), Role.MEMBER, 0);
    assertRefused(toBystander);
    assertFails(CommonErrors.FORBIDDEN, () -> letter(asSecond, Role.VIEWER));

    Member third = people.join(tenant, Role.ADMIN);
    TenantContext asThird = People.as(tenant, third);
    Letter toViewer = letter(asThird, Role.VIEWER);
    members.remove(owner, third.id());
    assertRefused(toViewer);
    assertFails(CommonErrors.FORBIDDEN, () -> letter(asThird, Role.VIEWER));
    assertThat(world.events(owner)).contains("invitation.revoked 2");
    assertThat(invitations.accept(ofAnother.link().token(), EVE, from(HERE))).isNotNull();
  }

  private Letter letter(TenantContext who, Role role) {
    return people.invitation(tenant.id(), invitations.invite(who, People.email(), role).id());
  }

  @Test
  void somebodyNewShouldJoinOnceByTheMailedLink() {
    String email = People.email();
    Invitation invitation = invitations.invite(owner, email, Role.ADMIN);
    Letter letter = people.invitation(tenant.id(), invitation.id());
    assertThat(letter.address()).isEqualTo(email);
    assertThat(letter.words()).containsEntry("tenant", "Name").containsEntry("role", "admin");
    assertThat(invitations.offer(letter.link().token()))
        .contains(new Offer("Name", email, Role.ADMIN, false));

    Member eve = invitations.accept(letter.link().token(), EVE, from(HERE));

    assertThat(eve.role()).isEqualTo(Role.ADMIN);
    assertThat(people.signIn(email).tenantId()).isEqualTo(tenant.id());
    assertRefused(letter);
    assertThat(invitations.offer(letter.link().token())).isEmpty();
    assertThat(list()).isEmpty();
    assertThat(world.events(owner))
        .contains("invitation.created 1", "invitation.accepted 2", "member.added 1");
    assertFails(CommonErrors.CONFLICT, () -> invitations.invite(owner, email, Role.VIEWER));
  }

  @Test
  void anAccountThatThereIsShouldJoinASecondTenant() {
    Tenant first = world.newTenant();
    Member ada = people.join(first, Role.MEMBER);
    Letter letter = invite(ada.email(), Role.VIEWER);
    assertThat(invitations.offer(letter.link().token()).orElseThrow().known()).isTrue();
    for (NewPerson person : Arrays.asList(EVE, null)) {
      assertFails(
          CommonErrors.CONFLICT,
          () -> invitations.accept(letter.link().token(), person, from(HERE)));
    }
    TenantContext asAda =
        People.as(first, ada).with(new IdempotencyKey(Uuids.next().toString(), "f"));

    Member joined = invitations.join(asAda, letter.link().token());

    assertThat(joined.userId()).isEqualTo(ada.userId());
    assertThat(invitations.join(asAda, letter.link().token())).isEqualTo(joined);
    assertInvalid(
        "/token", () -> invitations.join(asAda.withoutIdempotencyKey(), letter.link().token()));
    assertThat(people.users.self(asAda).emailVerified()).isTrue();
    assertThat(world.events(owner)).contains("invitation.accepted 2", "member.added 1");
    assertThat(list()).isEmpty();
    for (Tenant each : List.of(first, tenant)) {
      assertThat(
              people
                  .sessions
                  .signIn(new Credentials(ada.email(), PASSWORD, each.slug()), from(HERE))
                  .tokens()
                  .tenantId())
          .isEqualTo(each.id());
    }
  }

  /** The mail may be forwarded, and the session be another person's. */
  @Test
  void nobodyShouldJoinByAnothersLinkOrWithoutASession() {
    Tenant first = world.newTenant();
    Member ada = people.join(first, Role.MEMBER);
    Member eve = people.join(first, Role.OWNER);
    Secret token = invite(ada.email(), Role.ADMIN).link().token();
    assertInvalid("/token", () -> invitations.join(People.as(first, eve), token));
    assertInvalid("/token", () -> invitations.join(People.as(first, ada), Secret.of("rky_x")));
    TenantContext key =
        TenantContext.of(first.id(), new Actor(Actor.Kind.API_KEY, Uuids.next().toString()));
    assertFails(CommonErrors.FORBIDDEN, () -> invitations.join(key, token));
    most = 1;
    assertFails(Entitlements.LIMIT_REACHED, () -> invitations.join(People.as(first, ada), token));
    assertThat(people.sessions.belongings(People.as(first, ada))).hasSize(1);
    most = 2;
    invitations.join(People.as(first, ada), token);
    assertThat(people.sessions.belongings(People.as(first, ada))).hasSize(2);
    assertThat(people.sessions.belongings(People.as(first, eve))).hasSize(1);
  }

  @Test
  void ofManyWhoJoinAtOnceByALinkOneShould() throws Exception {
    Tenant first = world.newTenant();
    Member ada = people.join(first, Role.MEMBER);
    Secret token = invite(ada.email(), Role.VIEWER).link().token();
    assertThat(once(() -> invitations.join(People.as(first, ada), token))).isEqualTo(1);
    assertThat(people.sessions.belongings(People.as(first, ada))).hasSize(2);
  }

  @Test
  void whatIsWrongShouldLeaveTheLinkWorkingAndNoAccountBehind() {
    String email = People.email();
    Secret token = invite(email, Role.VIEWER).link().token();
    assertInvalid("/password", () -> invitations.accept(token, null, from(HERE)));
    assertInvalid(
        "/password",
        () -> invitations.accept(token, new NewPerson("Eve", Secret.of("short")), from(HERE)));
    assertInvalid("/name", () -> invitations.accept(token, new NewPerson(null, null), from(HERE)));
    most = 1;
    assertFails(Entitlements.LIMIT_REACHED, () -> invitations.accept(token, EVE, from(HERE)));
    assertThat(invitations.offer(token).orElseThrow().known()).isFalse();
    most = 2;
    invitations.accept(token, EVE, from(HERE));
  }

  @Test
  void aLinkShouldEndWithItsTimeOrTheInvitation() {
    String email = People.email();
    Letter first = invite(email, Role.VIEWER);
    world.clock.move(Duration.ofDays(7));
    assertRefused(first);
    Invitation renewed = invitations.resend(owner, list().get(0).id());
    assertThat(renewed.version()).isEqualTo(2);
    Letter second = people.invitation(tenant.id(), renewed.id());
    assertThat(invitations.offer(second.link().token())).isPresent();

    invitations.revoke(owner, renewed.id());

    assertRefused(second);
    assertFails(CommonErrors.NOT_FOUND, () -> invitations.revoke(owner, renewed.id()));
    assertThat(
            people.mail.letter(
                new Cause(
                    Uuids.next(), Kind.INVITED, tenant.id(), renewed.id(), world.clock.instant())))
        .isEmpty();
    assertThat(world.events(owner)).contains("invitation.resent 2", "invitation.revoked 3");
    invite(email, Role.VIEWER);
  }

  @Test
  void onlyAnOwnerShouldInviteOwners() {
    TenantContext admin = People.as(tenant, people.join(tenant, Role.ADMIN));
    TenantContext key =
        TenantContext.of(tenant.id(), new Actor(Actor.Kind.API_KEY, Uuids.next().toString()));
    for (TenantContext context : List.of(admin, key)) {
      assertFails(
          CommonErrors.FORBIDDEN, () -> invitations.invite(context, People.email(), Role.OWNER));
      invitations.invite(context, People.email(), Role.ADMIN);
    }
    Invitation made = invitations.invite(owner, People.email(), Role.OWNER);
    assertFails(CommonErrors.FORBIDDEN, () -> invitations.resend(admin, made.id()));
  }

  @Test
  void anInvitationShouldBeMadeOnceAndMailedSeldom() {
    String email = People.email();
    TenantContext keyed = owner.with(new IdempotencyKey(Uuids.next().toString(), "f"));
    Invitation made = invitations.invite(keyed, email, Role.VIEWER);
    assertThat(invitations.invite(keyed, email, Role.VIEWER)).isEqualTo(made);
    assertFails(CommonErrors.CONFLICT, () -> invitations.invite(owner, email, Role.VIEWER));
    assertInvalid("/email", () -> invitations.invite(owner, "nowhere", Role.VIEWER));
    assertInvalid("/role", () -> invitations.invite(owner, email, null));
    for (int i = 0; i < 3; i++) {
      invitations.resend(owner, made.id());
    }
    assertFails(CommonErrors.RATE_LIMITED, () -> invitations.resend(owner, made.id()));
    TenantContext other = World.context(world.newTenant());
    assertFails(CommonErrors.NOT_FOUND, () -> invitations.get(other, made.id()));
    assertFails(CommonErrors.NOT_FOUND, () -> invitations.revoke(other, made.id()));
  }

  @Test
  void ofManyWhoTakeItUpAtOnceOneShouldJoin() throws Exception {
    Secret token = invite(People.email(), Role.VIEWER).link().token();
    assertThat(once(() -> invitations.accept(token, EVE, from(HERE)))).isEqualTo(1);
  }

  /** Returns how many of several at once succeeded. */
  private static int once(Runnable work) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      List<Future<Boolean>> all =
          Stream.generate(() -> threads.submit(() -> done(work))).limit(6).toList();
      int done = 0;
      for (Future<Boolean> one : all) {
        done += one.get() ? 1 : 0;
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  private static boolean done(Runnable work) {
    try {
      work.run();
      return true;
    } catch (RookeryException e) {
      return false;
    }
  }

  /** Who writes another tenant or invitation into a token has no right digest for it. */
  @Test
  void aLinkShouldBeOfItsTenantAlone() {
    Tenant other = world.newTenant();
    Invitation theirs = invitations.invite(World.context(other), People.email(), Role.ADMIN);
    Letter mine = invite(People.email(), Role.VIEWER);
    Letter strange = people.invitation(other.id(), theirs.id());
    String head = mine.link().token().reveal();
    String tail = strange.link().token().reveal();
    Secret mixed = Secret.of(tail.substring(0, 90) + head.substring(90));
    assertFails(CommonErrors.UNAUTHENTICATED, () -> invitations.accept(mixed, EVE, from(HERE)));
  }

  private Letter invite(String email, Role role) {
    return people.invitation(tenant.id(), invitations.invite(owner, email, role).id());
  }

  private List<Invitation> list() {
    return invitations.list(owner, PageRequest.FIRST).items();
  }

  private void assertRefused(Letter letter) {
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> invitations.accept(letter.link().token(), EVE, from(HERE)));
  }
}
