// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.people.InvitationServiceImpl;
import io.rookery.tenancy.internal.people.MemberServiceImpl;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Who may do what about members. A cell is {@code yes}, the error that refuses it, {@code scope}
 * where the door does not let a role in, or {@code -} where there is nobody to do it.
 */
class RolesTableTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private static final int ROUNDS = 10;

  private World world;
  private People people;
  private Tenant tenant;
  private MemberServiceImpl members;
  private InvitationServiceImpl invitations;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    members = people.members();
    Entitlements unlimited = (tx, entitlement, wanted) -> {};
    invitations =
        new InvitationServiceImpl(
            new InvitationServiceImpl.Neighbours(
                world.transactions,
                new EventLogService(() -> 1, null),
                world.peppers,
                world.tenants,
                unlimited),
            people.hasher,
            world.clock);
  }

  /** Somebody who acts, and as which member where it is a person. */
  private record Who(TenantContext context, Member self) {}

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          action                       | owner       | admin       | member | viewer | key       | operator
          invite a viewer              | yes         | yes         | scope  | scope  | yes       | yes
          invite an admin              | yes         | yes         | scope  | scope  | yes       | yes
          invite an owner              | yes         | forbidden   | scope  | scope  | forbidden | yes
          make a viewer a member       | yes         | yes         | scope  | scope  | yes       | yes
          make a member an admin       | yes         | yes         | scope  | scope  | yes       | yes
          make an admin a viewer       | yes         | yes         | scope  | scope  | yes       | yes
          make an admin an owner       | yes         | forbidden   | scope  | scope  | forbidden | yes
          make an unverified an owner  | wrong_state | forbidden   | scope  | scope  | forbidden | wrong_state
          make another owner an admin  | yes         | forbidden   | scope  | scope  | forbidden | yes
          remove a viewer              | yes         | yes         | scope  | scope  | yes       | yes
          remove an admin              | yes         | yes         | scope  | scope  | yes       | yes
          remove another owner         | yes         | forbidden   | scope  | scope  | forbidden | yes
          become a viewer              | yes         | yes         | scope  | scope  | -         | -
          become an owner              | yes         | forbidden   | scope  | scope  | -         | -
          remove themself              | wrong_state | wrong_state | scope  | scope  | -         | -
          """,
      useHeadersInDisplayName = true)
  void rolesShouldDecide(
      String action,
      String owner,
      String admin,
      String member,
      String viewer,
      String key,
      String operator) {
    assertThat(of(action, Role.OWNER)).as("owner").isEqualTo(owner);
    assertThat(of(action, Role.ADMIN)).as("admin").isEqualTo(admin);
    assertThat(of(action, Role.MEMBER)).as("member").isEqualTo(member);
    assertThat(of(action, Role.VIEWER)).as("viewer").isEqualTo(viewer);
    boolean person = action.startsWith("become") || action.endsWith("themself");
    assertThat(person ? "-" : of(action, by(Actor.Kind.API_KEY))).as("key").isEqualTo(key);
    assertThat(person ? "-" : of(action, by(Actor.Kind.OPERATOR))).as("op").isEqualTo(operator);
  }

  private String of(String action, Role role) {
    if (!role.scopes().contains(Scope.ADMIN)) {
      return "scope";
    }
    Member self = people.verified(people.join(tenant, role));
    return of(action, new Who(People.as(tenant, self), self));
  }

  private Who by(Actor.Kind kind) {
    return new Who(TenantContext.of(tenant.id(), new Actor(kind, Uuids.next().toString())), null);
  }

  private String of(String action, Who who) {
    people.join(tenant, Role.OWNER); // Whoever is the last one is another table's.
    return outcome(() -> act(action, who));
  }

  private void act(String action, Who who) {
    switch (action) {
      case "invite a viewer" -> invite(who, Role.VIEWER);
      case "invite an admin" -> invite(who, Role.ADMIN);
      case "invite an owner" -> invite(who, Role.OWNER);
      case "make a viewer a member" -> change(who, verified(Role.VIEWER), Role.MEMBER);
      case "make a member an admin" -> change(who, verified(Role.MEMBER), Role.ADMIN);
      case "make an admin a viewer" -> change(who, verified(Role.ADMIN), Role.VIEWER);
      case "make an admin an owner" -> change(who, verified(Role.ADMIN), Role.OWNER);
      case "make an unverified an owner" ->
          change(who, people.join(tenant, Role.ADMIN), Role.OWNER);
      case "make another owner an admin" -> change(who, verified(Role.OWNER), Role.ADMIN);
      case "remove a viewer" -> remove(who, verified(Role.VIEWER));
      case "remove an admin" -> remove(who, verified(Role.ADMIN));
      case "remove another owner" -> remove(who, verified(Role.OWNER));
      case "become a viewer" -> change(who, who.self(), Role.VIEWER);
      case "become an owner" -> change(who, who.self(), Role.OWNER);
      case "remove themself" -> remove(who, who.self());
      default -> throw new AssertionError(action);
    }
  }

  private Member verified(Role role) {
    return people.verified(people.join(tenant, role));
  }

  private void invite(Who who, Role role) {
    assertThat(invitations.invite(who.context(), People.email(), role).role()).isEqualTo(role);
  }

  /** What is refused changes nothing. */
  private void change(Who who, Member target, Role role) {
    try {
      assertThat(members.changeRole(who.context(), target.id(), role, 0).role()).isEqualTo(role);
    } catch (RookeryException e) {
      assertThat(members.get(World.context(tenant), target.id()).role()).isEqualTo(target.role());
      throw e;
    }
  }

  private void remove(Who who, Member target) {
    try {
      members.remove(who.context(), target.id());
    } catch (RookeryException e) {
      assertThat(members.get(World.context(tenant), target.id()).role()).isEqualTo(target.role());
      throw e;
    }
  }

  private static String outcome(Runnable action) {
    try {
      action.run();
      return "yes";
    } catch (RookeryException e) {
      return e.code().name().toLowerCase(Locale.ROOT);
    }
  }

  /** A tenant of one owner and one admin whose address is verified. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          situation                                 | outcome     | owners
          the only owner removes themself           | wrong_state | 1
          the only owner steps down                 | wrong_state | 1
          the only owner is removed by the operator | wrong_state | 1
          the only owner is demoted by the operator | wrong_state | 1
          the only owner is removed by an admin     | forbidden   | 1
          ownership is passed on                    | yes         | 1
          ownership is passed on, the former leaves | yes         | 1
          two owners, one steps down                | yes         | 1
          two owners, one is removed                | yes         | 1
          """,
      useHeadersInDisplayName = true)
  void anOwnerShouldStay(String situation, String outcome, int owners) {
    Member owner = verified(Role.OWNER);
    Member admin = verified(Role.ADMIN);
    assertThat(outcome(() -> act(situation, owner, admin))).isEqualTo(outcome);
    assertThat(owners(tenant)).isEqualTo(owners);
  }

  private void act(String situation, Member owner, Member admin) {
    TenantContext asOwner = People.as(tenant, owner);
    TenantContext asAdmin = People.as(tenant, admin);
    TenantContext operator = by(Actor.Kind.OPERATOR).context();
    switch (situation) {
      case "the only owner removes themself" -> members.remove(asOwner, owner.id());
      case "the only owner steps down" -> members.changeRole(asOwner, owner.id(), Role.ADMIN, 0);
      case "the only owner is removed by the operator" -> members.remove(operator, owner.id());
      case "the only owner is demoted by the operator" ->
          members.changeRole(operator, owner.id(), Role.VIEWER, 0);
      case "the only owner is removed by an admin" -> members.remove(asAdmin, owner.id());
      case "ownership is passed on" -> {
        members.changeRole(asOwner, admin.id(), Role.OWNER, 0);
        members.changeRole(asOwner, owner.id(), Role.ADMIN, 0);
      }
      case "ownership is passed on, the former leaves" -> {
        members.changeRole(asOwner, admin.id(), Role.OWNER, 0);
        members.remove(asAdmin, owner.id());
      }
      case "two owners, one steps down" ->
          members.changeRole(People.as(tenant, verified(Role.OWNER)), owner.id(), Role.MEMBER, 0);
      case "two owners, one is removed" ->
          members.remove(People.as(tenant, verified(Role.OWNER)), owner.id());
      default -> throw new AssertionError(situation);
    }
  }

  /** Of two at once one comes after the other, and finds that there is nobody else. */
  @ParameterizedTest(name = "two owners {0} at once")
  @CsvSource({"remove each other", "demote each other", "step down", "are removed by the operator"})
  void ofTwoOwnersAtOnceOneShouldStay(String what) throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      Tenant place = world.newTenant();
      Member one = people.join(place, Role.OWNER);
      Member two = people.join(place, Role.OWNER);
      assertThat(atOnce(() -> race(what, place, one, two), () -> race(what, place, two, one)))
          .isEqualTo(1);
      assertThat(owners(place)).isEqualTo(1);
    }
  }

  private Object race(String what, Tenant place, Member self, Member other) {
    TenantContext context = People.as(place, self);
    switch (what) {
      case "remove each other" -> members.remove(context, other.id());
      case "demote each other" -> members.changeRole(context, other.id(), Role.VIEWER, 0);
      case "step down" -> members.changeRole(context, self.id(), Role.VIEWER, 0);
      default ->
          members.remove(
              TenantContext.of(place.id(), new Actor(Actor.Kind.OPERATOR, "shell")), self.id());
    }
    return what;
  }

  private long owners(Tenant place) {
    return members.list(World.context(place), PageRequest.FIRST).items().stream()
        .filter(member -> member.role() == Role.OWNER)
        .count();
  }

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
}
