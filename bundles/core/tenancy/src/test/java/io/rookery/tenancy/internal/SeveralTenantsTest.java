// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.People.PASSWORD;
import static io.rookery.tenancy.internal.People.from;
import static io.rookery.tenancy.internal.World.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.Belonging;
import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.Session;
import io.rookery.api.people.SessionService.Credentials;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.people.SessionAuthenticatorImpl;
import io.rookery.tenancy.internal.people.store.Memberships;
import io.rookery.tenancy.internal.people.store.Memberships.Membership;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.List;
import java.util.stream.Stream;
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
    // Somebody was removed there a moment ago; that is no reason to send them out of everywhere.
    assertThat(here.authenticate(before.access()).role()).isEqualTo(Role.OWNER);
    assertThat(people.sessions.enter(before.refresh(), second.slug(), from("192.0.2.1")))
        .isNotNull();
  }

  @Test
  void aTokenThatComesASecondTimeShouldEndItsSession() {
    Tokens before = people.signIn(ada.email());
    Tokens next = people.sessions.refresh(before.refresh(), from("192.0.2.1"));
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.enter(before.refresh(), second.slug(), from("192.0.2.1")));
    assertThat(people.sessions.list(People.as(first, ada))).isEmpty();
    assertFails(
        CommonErrors.UNAUTHENTICATED,
        () -> people.sessions.enter(next.refresh(), second.slug(), from("192.0.2.1")));
  }

  @Test
  void goingOnElsewhereShouldDisplaceNoOtherSession() {
    List<Tokens> all = Stream.generate(() -> people.signIn(ada.email())).limit(5).toList();
    people.sessions.enter(all.get(4).refresh(), second.slug(), from("192.0.2.1"));
    assertThat(people.sessions.list(People.as(first, ada)))
        .hasSize(5)
        .extracting(Session::id)
        .contains(all.get(0).sessionId());
  }

  @Test
  void whatGoesOnElsewhereShouldNotOutliveThePassword() {
    Secret next = Secret.of("blue heron, 4 ponds");
    for (int call = 1; call <= 5; call++) {
      Secret former = call == 1 ? PASSWORD : Secret.of(next.reveal() + (call - 1));
      Secret set = Secret.of(next.reveal() + call);
      Credentials old = new Credentials(ada.email(), former, null);
      Tokens before = people.sessions.signIn(old, from("192.0.2.1")).tokens();
      try {
        people.crossed(call, ada, set).enter(before.refresh(), second.slug(), from("192.0.2.1"));
      } catch (RookeryException e) {
        assertThat(e.code()).isEqualTo(CommonErrors.UNAUTHENTICATED);
      }
      if (!people.passwordIs(ada, set)) {
        people.reset(ada, set);
      } else {
        assertThat(people.sessions.list(People.as(first, ada))).as("call %d", call).isEmpty();
      }
    }
  }
}
