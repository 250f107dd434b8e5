// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.people.Member;
import io.rookery.api.people.Role;
import io.rookery.api.people.SessionService.Tokens;
import io.rookery.api.tenancy.ApiKeyService.CreatedKey;
import io.rookery.api.tenancy.ApiKeyService.NewApiKey;
import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.WorkspaceService.NewWorkspace;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.people.MemberServiceImpl;
import io.rookery.tenancy.internal.people.SessionAuthenticatorImpl;
import io.rookery.tenancy.internal.plan.EntitlementsImpl;
import io.rookery.tenancy.internal.workspace.WorkspaceServiceImpl;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Members and keys that are restricted to workspaces. */
class RestrictionTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private People people;
  private Tenant tenant;
  private TenantContext owner;
  private MemberServiceImpl members;
  private WorkspaceServiceImpl workspaces;
  private UUID shoes;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    people = new People(world);
    tenant = world.newTenant();
    owner = People.as(tenant, people.join(tenant, Role.OWNER));
    members =
        new MemberServiceImpl(
            new MemberServiceImpl.Neighbours(
                world.transactions, new EventLogService(() -> 1, null), DATABASE.epochs()),
            world.clock);
    workspaces =
        new WorkspaceServiceImpl(
            world.transactions, world.log, new EntitlementsImpl(world.standings), world.clock);
    shoes = workspaces.create(World.context(tenant), new NewWorkspace("Shoes", null)).id();
  }

  @Test
  void tablesShouldKeepTheRules() throws Exception {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  /** Whose role can be restricted, and which role a restricted one can get. */
  @ParameterizedTest
  @CsvSource({"OWNER, false", "ADMIN, false", "MEMBER, true", "VIEWER, true"})
  void whoAdministersShouldSeeTheWholeTenant(Role role, boolean allowed) {
    Member member = people.join(tenant, role);
    Member other = people.join(tenant, Role.MEMBER);
    members.restrict(owner, other.id(), Set.of(shoes), 0);
    if (allowed) {
      assertThat(members.restrict(owner, member.id(), Set.of(shoes), 0).workspaceIds())
          .containsExactly(shoes);
      assertThat(members.changeRole(owner, other.id(), role, 0).workspaceIds())
          .containsExactly(shoes);
    } else {
      assertFails(
          CommonErrors.WRONG_STATE, () -> members.restrict(owner, member.id(), Set.of(shoes), 0));
      assertFails(CommonErrors.WRONG_STATE, () -> members.changeRole(owner, other.id(), role, 0));
      assertThat(members.get(owner, other.id()).role()).isEqualTo(Role.MEMBER);
    }
  }

  @Test
  void aRestrictionShouldHoldAtOnceForSessionsThatAreThere() {
    Member member = people.join(tenant, Role.MEMBER);
    Tokens tokens = people.signIn(member.email());
    SessionAuthenticatorImpl here = people.authenticator(DATABASE.epochs());
    assertThat(here.authenticate(tokens.access()).caller().workspaces()).isNull();

    Member changed = members.restrict(owner, member.id(), Set.of(shoes), member.version());

    assertThat(changed.version()).isEqualTo(2);
    assertThat(here.authenticate(tokens.access()).caller().workspaces()).containsExactly(shoes);
    members.restrict(owner, member.id(), Set.of(), 0);
    assertThat(here.authenticate(tokens.access()).caller().workspaces()).isEmpty();
    members.restrict(owner, member.id(), null, 0);
    assertThat(here.authenticate(tokens.access()).caller().workspaces()).isNull();
    members.restrict(owner, member.id(), null, 0);
    assertThat(world.events(World.context(tenant)))
        .endsWith("member.restricted 2", "member.restricted 3", "member.unrestricted 4");
    assertFails(
        CommonErrors.PRECONDITION_FAILED,
        () -> members.restrict(owner, member.id(), Set.of(shoes), 1));
  }

  @Test
  void whatDoesNotExistShouldBeRefused() {
    Member member = people.join(tenant, Role.MEMBER);
    UUID foreign =
        workspaces.create(World.context(world.newTenant()), new NewWorkspace("Shoes", null)).id();
    for (UUID unknown : List.of(foreign, Uuids.next())) {
      assertInvalid(
          "/workspace_ids", () -> members.restrict(owner, member.id(), Set.of(shoes, unknown), 0));
      assertInvalid("/workspace_id", () -> key(unknown));
    }
    assertFails(CommonErrors.NOT_FOUND, () -> members.restrict(owner, Uuids.next(), Set.of(), 0));
    assertThat(members.get(owner, member.id()).workspaceIds()).isNull();
  }

  private CreatedKey key(UUID workspace) {
    return key(World.context(tenant), workspace);
  }

  private CreatedKey key(TenantContext context, UUID workspace) {
    Set<Scope> scopes = Set.of(Scope.CAMPAIGNS, Scope.ADMIN);
    return world.keys.create(
        context, new NewApiKey("Key", scopes, Mode.LIVE, null, List.of(), workspace), World.ALL);
  }

  @Test
  void aKeyShouldKeepItsWorkspaceWhenItIsRotated() {
    CreatedKey bound = key(shoes);
    AuthenticatorImpl here = world.authenticator(DATABASE.epochs());
    assertThat(bound.key().workspaceId()).isEqualTo(shoes);
    assertThat(world.keys.get(World.context(tenant), bound.id()).workspaceId()).isEqualTo(shoes);
    assertThat(here.authenticate(bound.secret()).workspaces()).containsExactly(shoes);
    CreatedKey next = world.keys.rotate(World.context(tenant), bound.id(), Duration.ZERO);
    assertThat(here.authenticate(next.secret()).workspaces()).containsExactly(shoes);
    assertThat(here.authenticate(key(null).secret()).workspaces()).isNull();
    here.close();
  }

  @Test
  void aKeyOfAWorkspaceOfTheOperatorShouldNotBeTheOperators() {
    TenantContext operator = world.asOperator;
    UUID part = workspaces.create(operator, new NewWorkspace("P" + Uuids.next(), null)).id();
    AuthenticatorImpl here = world.authenticator(DATABASE.epochs());
    assertThat(here.authenticate(key(operator, null).secret()).operator()).isTrue();
    assertThat(here.authenticate(key(operator, part).secret()).operator()).isFalse();
    here.close();
  }
}
