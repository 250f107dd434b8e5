// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.Belonging;
import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.Session;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.people.SessionAuthenticatorImpl;
import io.rookery.tenancy.internal.people.store.Memberships;
import io.rookery.tenancy.internal.people.store.Memberships.Membership;
import java.sql.Connection;
import java.sql.PreparedStatement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody who works for two tenants goes from one into the other. */
class SeveralTenantsTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private People people;
  private Tenant first;
  private Tenant second;
  private Member ada;
  private SessionAuthenticatorImpl here;

  @BeforeEach
  void begin() throws Exception {
    world = new World(DATABASE);
    people = new People(world);
    first = world.newTenant();
    second = world.newTenant();
    ada = people.join(first, Role.OWNER);
    here = people.authenticator(DATABASE.epochs());
    try (Connection owner = DATABASE.owner();
        PreparedStatement point =
            owner.prepareStatement(
                "insert into platform.membership_pointer (user_id, tenant_id, created_at)"
                    + " values (?, ?, now())")) {
      point.setObject(1, ada.userId());
      point.setObject(2, second.id());
      point.executeUpdate();
    }
    world.transactions.call(
        World.context(second),
        tx -> {
          Memberships.insert(
              tx,
              new Membership(
                  Uuids.next(),
                  ada.userId(),
                  Role.VIEWER,
                  world.clock.instant().plusSeconds(1),
                  1));
          return null;
        });
  }

  @Test
  void aPersonShouldSeeWhereTheyBelong() {
    people.join(second, Role.OWNER);
    assertThat(people.sessions.belongings(People.as(first, ada)))
        .containsExactly(
            new Belonging(first.id(), first.slug(), first.name(), Role.OWNER),
            new Belonging(second.id(), second.slug(), second.name(), Role.VIEWER));
  }

  @Test
  void aPersonShouldGoOnInAnotherTenantWithTheRoleThere() {
    Tokens before = people.signIn(ada.email());

    Tokens there = people.sessions.enter(before.refresh(), second.slug(), from("192.0.2.1"));

    assertThat(there.tenantId()).isEqualTo(second.id());
    assertThat(here.authenticate(there.access()).role()).isEqualTo(Role.VIEWER);
    assertThat(people.sessions.list(People.as(second, ada)))
        .extracting(Session::id)
        .containsExactly(there.sessionId());
    assertFails(CommonErrors.UNAUTHENTICATED, () -> here.authenticate(before.access()));
    assertThat(world.events(World.context(first))).contains("session.ended 0");
    assertThat(world.events(World.context(second))).contains("session.created 0");
  }

  @Test
  void nobodyShouldEnterWhereTheyAreNoMember() {
    Tenant other = world.newTenant();
    Tokens before = people.signIn(ada.email());
    assertFails(
        CommonErrors.NOT_FOUND,
        () -> people.sessions.enter(before.refresh(), other.slug(), from("192.0.2.1")));
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.enter(before.access(), second.slug(), from("192.0.2.1")));
  }
}
