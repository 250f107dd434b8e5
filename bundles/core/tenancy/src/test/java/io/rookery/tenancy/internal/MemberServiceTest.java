// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.World.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Scope;
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
import io.rookery.tenancy.internal.people.MemberServiceImpl;
import io.rookery.tenancy.internal.people.PeopleSweep;
import io.rookery.tenancy.internal.people.SessionAuthenticatorImpl;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemberServiceTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private People people;
  private Tenant tenant;
  private Member owner;
  private MemberServiceImpl members;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    owner = people.join(tenant, Role.OWNER);
    members =
        new MemberServiceImpl(
            new MemberServiceImpl.Neighbours(
                world.transactions, new EventLogService(() -> 1, null), DATABASE.epochs()),
            world.clock);
  }

  private TenantContext as(Member member) {
    return People.as(tenant, member);
  }

  private TenantContext as(Actor.Kind kind) {
    return TenantContext.of(tenant.id(), new Actor(kind, Uuids.next().toString()));
  }

  private Role role(Member member) {
    return members.get(as(owner), member.id()).role();
  }

  /** Who, whom, to what, and whether that is allowed. */
  @ParameterizedTest
  @CsvSource({
    "OWNER, OWNER, VIEWER, true",
    "OWNER, ADMIN, OWNER, true",
    "OWNER, MEMBER, ADMIN, true",
    "OWNER, VIEWER, MEMBER, true",
    "ADMIN, OWNER, ADMIN, false",
    "ADMIN, OWNER, OWNER, false",
    "ADMIN, ADMIN, OWNER, false",
    "ADMIN, MEMBER, OWNER, false",
    "ADMIN, ADMIN, VIEWER, true",
    "ADMIN, MEMBER, ADMIN, true",
    "ADMIN, VIEWER, MEMBER, true",
  })
  void rolesShouldDecideWhoChangesWhom(Role actor, Role before, Role after, boolean allowed) {
    TenantContext context = as(people.join(tenant, actor));
    Member target = people.verified(people.join(tenant, before));
    if (allowed) {
      assertThat(members.changeRole(context, target.id(), after, 0).role()).isEqualTo(after);
    } else {
      assertFails(CommonErrors.FORBIDDEN, () -> members.changeRole(context, target.id(), after, 0));
    }
    assertThat(role(target)).isEqualTo(allowed ? after : before);
  }

  /** Who is no person at all, and whether they decide about owners. */
  @ParameterizedTest
  @CsvSource({"OPERATOR, true", "SYSTEM, true", "API_KEY, false", "PUBLIC, false", "USER, false"})
  void onlyTheOperatorShouldDecideAboutOwnersWithoutBeingOne(Actor.Kind kind, boolean allowed) {
    Member other = people.join(tenant, Role.OWNER);
    if (allowed) {
      members.remove(as(kind), other.id());
      assertFails(CommonErrors.NOT_FOUND, () -> members.get(as(owner), other.id()));
    } else {
      assertFails(CommonErrors.FORBIDDEN, () -> members.remove(as(kind), other.id()));
      assertThat(role(other)).isEqualTo(Role.OWNER);
    }
  }

  @Test
  void theLastOwnerShouldStay() {
    Member admin = people.join(tenant, Role.ADMIN);
    for (TenantContext context : List.of(as(owner), as(Actor.Kind.OPERATOR))) {
      assertFails(
          CommonErrors.WRONG_STATE, () -> members.changeRole(context, owner.id(), Role.ADMIN, 0));
      assertFails(CommonErrors.WRONG_STATE, () -> members.remove(context, owner.id()));
    }
    assertThat(role(owner)).isEqualTo(Role.OWNER);
    assertFails(
        CommonErrors.WRONG_STATE, () -> members.changeRole(as(owner), admin.id(), Role.OWNER, 0));
    people.verified(admin);
    members.changeRole(as(owner), admin.id(), Role.OWNER, 0);
    assertThat(members.changeRole(as(owner), owner.id(), Role.MEMBER, 0).role())
        .isEqualTo(Role.MEMBER);
  }

  @Test
  void nobodyShouldRemoveThemself() {
    people.join(tenant, Role.OWNER);
    Member admin = people.join(tenant, Role.ADMIN);
    for (Member self : List.of(owner, admin)) {
      assertFails(CommonErrors.WRONG_STATE, () -> members.remove(as(self), self.id()));
    }
    members.remove(as(owner), admin.id());
  }

  @Test
  void twoOwnersWhoDemoteEachOtherAtOnceShouldLeaveOne() throws Exception {
    for (int round = 0; round < 20; round++) {
      Tenant place = world.newTenant();
      Member one = people.join(place, Role.OWNER);
      Member two = people.join(place, Role.OWNER);
      int done =
          atOnce(
              () -> members.changeRole(People.as(place, one), two.id(), Role.VIEWER, 0),
              () -> members.changeRole(People.as(place, two), one.id(), Role.VIEWER, 0));
      assertThat(done).isEqualTo(1);
      assertThat(owners(place)).isEqualTo(1);
    }
  }

  @Test
  void twoOwnersWhoStepDownAtOnceShouldLeaveOne() throws Exception {
    for (int round = 0; round < 20; round++) {
      Tenant place = world.newTenant();
      Member one = people.join(place, Role.OWNER);
      Member two = people.join(place, Role.OWNER);
      int done =
          atOnce(
              () -> members.changeRole(People.as(place, one), one.id(), Role.VIEWER, 0),
              () -> members.changeRole(People.as(place, two), two.id(), Role.VIEWER, 0));
      assertThat(done).isEqualTo(1);
      assertThat(owners(place)).isEqualTo(1);
    }
  }

  private long owners(Tenant place) {
    TenantContext any = World.context(place);
    return members.list(any, PageRequest.FIRST).items().stream()
        .filter(member -> member.role() == Role.OWNER)
        .count();
  }

  /** Does two things at once; returns how many did not fail. */
  private static int atOnce(Callable<?> one, Callable<?> two) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      int done = 0;
      for (Future<?> future : threads.invokeAll(List.of(one::call, two::call))) {
        try {
          future.get();
          done++;
        } catch (ExecutionException e) {
          assertThat(e.getCause()).isInstanceOf(RookeryException.class);
        }
      }
      return done;
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void aNewRoleShouldHoldAtOnceForSessionsThatAreThere() {
    Member member = people.join(tenant, Role.ADMIN);
    Tokens tokens = people.signIn(member.email());
    SessionAuthenticatorImpl here = people.authenticator(DATABASE.epochs());
    assertThat(here.authenticate(tokens.access()).caller().may(Scope.ADMIN)).isTrue();

    Member changed = members.changeRole(as(owner), member.id(), Role.VIEWER, member.version());

    assertThat(changed.version()).isEqualTo(2);
    assertThat(here.authenticate(tokens.access()).caller().scopes())
        .isEqualTo(Role.VIEWER.scopes());
    assertFails(
        CommonErrors.PRECONDITION_FAILED,
        () -> members.changeRole(as(owner), member.id(), Role.ADMIN, 1));
    assertThat(world.events(World.context(tenant))).endsWith("member.role_changed 2");
    members.changeRole(as(owner), member.id(), Role.VIEWER, 0);
    assertThat(world.events(World.context(tenant))).endsWith("member.role_changed 2");
  }

  @Test
  void aRemovedMemberShouldBeSignedOutAndTheAccountGo() {
    Member member = people.join(tenant, Role.MEMBER);
    Tokens tokens = people.signIn(member.email());
    SessionAuthenticatorImpl here = people.authenticator(DATABASE.epochs());
    here.authenticate(tokens.access());

    members.remove(as(owner), member.id());

    assertFails(CommonErrors.UNAUTHENTICATED, () -> here.authenticate(tokens.access()));
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.refresh(tokens.refresh(), People.from("192.0.2.1")));
    assertFails(CommonErrors.UNAUTHENTICATED, () -> people.signIn(member.email()));
    assertThat(world.events(World.context(tenant)))
        .containsSubsequence("member.removed 2", "session.ended 0");
    assertThat(people.join(tenant, Role.VIEWER).userId()).isNotEqualTo(member.userId());
  }

  @Test
  void membersShouldBeTheirTenantsAlone() {
    Tenant other = world.newTenant();
    Member stranger = people.join(other, Role.OWNER);
    TenantContext foreign = People.as(other, stranger);
    assertFails(CommonErrors.NOT_FOUND, () -> members.get(foreign, owner.id()));
    assertFails(CommonErrors.NOT_FOUND, () -> members.remove(foreign, owner.id()));
    assertFails(
        CommonErrors.NOT_FOUND, () -> members.changeRole(foreign, owner.id(), Role.VIEWER, 0));
    assertThat(members.list(foreign, PageRequest.FIRST).items()).containsExactly(stranger);
  }

  @Test
  void membersShouldBeListedInStretches() {
    Member second = people.join(tenant, Role.VIEWER);
    var first = members.list(as(owner), new PageRequest(1, null));
    assertThat(first.items()).containsExactly(owner);
    var rest = members.list(as(owner), new PageRequest(1, first.next()));
    assertThat(rest.items()).containsExactly(second);
    assertThat(rest.next()).isNull();
  }

  @Test
  void repeatedCreateShouldMakeOneAccount() {
    TenantContext keyed = world.asOperator.with(new IdempotencyKey("one", "f"));
    String email = People.email();
    Member made = people.users.create(keyed, tenant.id(), People.person(email, Role.VIEWER));
    Member again = people.users.create(keyed, tenant.id(), People.person(email, Role.VIEWER));
    assertThat(again).isEqualTo(made);
    assertThat(members.list(as(owner), PageRequest.FIRST).items()).containsExactly(owner, made);
  }

  @Test
  void anAccountWithoutAMembershipShouldBeSwept() {
    Member member = people.join(tenant, Role.VIEWER);
    // As if the node had died after the membership went.
    world.transactions.call(
        as(owner),
        tx -> {
          try (var delete =
              tx.connection().prepareStatement("delete from tenant.membership where id = ?")) {
            delete.setObject(1, member.id());
            return delete.executeUpdate();
          }
        });
    PeopleSweep sweep = people.sweep();
    sweep.run();
    assertThat(people.users.self(as(member)).email()).isEqualTo(member.email());
    world.clock.move(Duration.ofMinutes(11));
    sweep.run();
    assertFails(CommonErrors.NOT_FOUND, () -> people.users.self(as(member)));
    assertThat(people.users.self(as(owner)).email()).isEqualTo(owner.email());
    assertThat(sweep.every()).isPositive();
  }

  @Test
  void anAdminShouldNotComeByAKeyWithMoreRights() {
    UUID strong = world.newKey(World.context(tenant), Scope.BILLING).id();
    Member admin = people.join(tenant, Role.ADMIN);
    assertFails(CommonErrors.FORBIDDEN, () -> world.keys.rotate(as(admin), strong, null));
    assertThat(world.keys.rotate(as(owner), strong, null).key().scopes()).contains(Scope.BILLING);
  }
}
