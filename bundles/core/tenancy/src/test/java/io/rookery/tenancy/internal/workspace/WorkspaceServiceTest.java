// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.workspace;

import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.plans.Entitlements;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.tenancy.Workspace;
import io.rookery.api.tenancy.WorkspaceService.NewWorkspace;
import io.rookery.api.tenancy.WorkspaceService.WorkspaceChange;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.World;
import io.rookery.tenancy.internal.plan.EntitlementsImpl;
import io.rookery.tenancy.internal.plan.SubscriptionsImpl;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkspaceServiceTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private TenantContext tenant;
  private WorkspaceServiceImpl workspaces;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    tenant = World.context(world.newTenant());
    world.standings.bindUsage(new WorkspaceUsage());
    workspaces =
        new WorkspaceServiceImpl(
            world.transactions, world.log, new EntitlementsImpl(world.standings), world.clock);
  }

  private Workspace make(String name) {
    return workspaces.create(tenant, new NewWorkspace(name, null));
  }

  private List<Workspace> all() {
    return workspaces.list(tenant, PageRequest.FIRST).items();
  }

  @Test
  void aTenantShouldBeMadeWithItsMainWorkspace() {
    Workspace main = workspaces.get(tenant, tenant.tenantId());
    assertThat(main.main()).isTrue();
    assertThat(main.name()).isEqualTo("Main");
    assertThat(all()).containsExactly(main);
    assertThat(workspaces.get(world.asOperator, world.operator.id()).main()).isTrue();
  }

  @Test
  void aWorkspaceShouldBeMadeChangedAndArchived() {
    Workspace made = workspaces.create(tenant, new NewWorkspace(" Shoes ", "Road 2\nTown"));
    assertThat(made.name()).isEqualTo("Shoes");
    assertThat(made.main()).isFalse();
    assertThat(workspaces.get(tenant, made.id())).isEqualTo(made);

    Workspace renamed = change(made, "Boots", null);
    assertThat(renamed.name()).isEqualTo("Boots");
    assertThat(renamed.postalAddress()).isEqualTo("Road 2\nTown");
    assertThat(change(renamed, null, "").postalAddress()).isNull();

    Workspace archived = workspaces.archive(tenant, made.id());
    assertThat(archived.archivedAt()).isNotNull();
    assertThat(workspaces.archive(tenant, made.id())).isEqualTo(archived);
    assertFails(CommonErrors.WRONG_STATE, () -> change(archived, "Hats", null));
    assertThat(all()).hasSize(2).contains(archived);
    assertThat(world.events(tenant))
        .endsWith(
            "workspace.created 1",
            "workspace.updated 2",
            "workspace.updated 3",
            "workspace.archived 4");
  }

  private Workspace change(Workspace workspace, String name, String address) {
    return workspaces.update(
        tenant, workspace.id(), new WorkspaceChange(name, address), workspace.version());
  }

  @Test
  void whatChangesNothingShouldLeaveNoEvent() {
    Workspace made = make("Shoes");
    int before = world.events(tenant).size();
    assertThat(change(made, "Shoes", null)).isEqualTo(made);
    assertThat(world.events(tenant)).hasSize(before);
  }

  @Test
  void anotherVersionShouldBeRefused() {
    Workspace made = make("Shoes");
    change(made, "Boots", null);
    assertFails(CommonErrors.PRECONDITION_FAILED, () -> change(made, "Hats", null));
  }

  @Test
  void namesShouldTellWorkspacesApart() {
    Workspace shoes = make("Shoes");
    Workspace hats = make("Hats");
    assertFails(CommonErrors.CONFLICT, () -> make("sHOES"));
    assertFails(CommonErrors.CONFLICT, () -> make("main"));
    assertFails(CommonErrors.CONFLICT, () -> change(hats, "shoes", null));
    workspaces.archive(tenant, shoes.id());
    assertThat(change(hats, "shoes", null).name()).isEqualTo("shoes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "  ", "a\u0007b"})
  void namesShouldBeReadable(String name) {
    assertInvalid("/name", () -> make(name));
  }

  @Test
  void fieldsShouldBeBounded() {
    assertInvalid("/name", () -> make("x".repeat(201)));
    assertInvalid("/name", () -> make(null));
    assertInvalid(
        "/postal_address",
        () -> workspaces.create(tenant, new NewWorkspace("Shoes", "x".repeat(501))));
  }

  @Test
  void theMainWorkspaceShouldSendAsTheTenantAndStay() {
    Workspace main = workspaces.get(tenant, tenant.tenantId());
    assertInvalid("/postal_address", () -> change(main, null, "Road 2"));
    assertFails(CommonErrors.WRONG_STATE, () -> workspaces.archive(tenant, main.id()));
    assertThat(change(main, "Everything", null).name()).isEqualTo("Everything");
  }

  @Test
  void thePlanShouldBoundThem() {
    UUID id = tenant.tenantId();
    subscribe(id, "starter");
    Workspace shoes = make("Shoes");
    make("Hats");
    assertFails(Entitlements.LIMIT_REACHED, () -> make("Coats"));
    workspaces.archive(tenant, shoes.id());
    make("Coats");
    assertFails(Entitlements.LIMIT_REACHED, () -> make("Gloves"));
    subscribe(id, "business");
    make("Gloves");
    assertThat(all()).hasSize(5);
  }

  private void subscribe(UUID id, String plan) {
    new SubscriptionsImpl(
            new SubscriptionsImpl.Neighbours(
                world.transactions, world.tenants, world.log, DATABASE.epochs()),
            world.standings,
            world.clock)
        .assign(world.asOperator, id, plan, Interval.MONTH);
  }

  @Test
  void aRepeatedRequestShouldMakeOne() {
    TenantContext keyed = tenant.with(new IdempotencyKey("one", "f"));
    Workspace made = workspaces.create(keyed, new NewWorkspace("Shoes", null));
    assertThat(workspaces.create(keyed, new NewWorkspace("Shoes", null))).isEqualTo(made);
    assertThat(all()).hasSize(2);
  }

  @Test
  void whoeverUsesAWorkspaceShouldBeAskedBeforeItIsArchived() {
    Workspace made = make("Shoes");
    workspaces.bindUse((tx, id) -> Optional.of("Campaigns run in " + id));
    assertFails(CommonErrors.WRONG_STATE, () -> workspaces.archive(tenant, made.id()));
    assertThat(workspaces.get(tenant, made.id()).archivedAt()).isNull();
  }

  @Test
  void thingsShouldBePlacedWhereTheyMayBe() {
    Workspace made = make("Shoes");
    assertThat(place(null)).isEqualTo(tenant.tenantId());
    assertThat(place(tenant.tenantId())).isEqualTo(tenant.tenantId());
    assertThat(place(made.id())).isEqualTo(made.id());
    assertInvalid("/workspace_id", () -> place(Uuids.next()));
    Workspace foreign =
        workspaces.create(World.context(world.newTenant()), new NewWorkspace("Shoes", null));
    assertInvalid("/workspace_id", () -> place(foreign.id()));
    workspaces.archive(tenant, made.id());
    assertInvalid("/workspace_id", () -> place(made.id()));
  }

  private UUID place(UUID wanted) {
    return place(tenant, wanted);
  }

  private UUID place(TenantContext context, UUID wanted) {
    return world.transactions.call(context, tx -> workspaces.place(tx, wanted));
  }

  @Test
  void aRestrictedContextShouldSeeAndUseItsWorkspacesAlone() {
    UUID main = tenant.tenantId();
    Workspace shoes = make("Shoes");
    Workspace hats = make("Hats");
    TenantContext one = tenant.in(Set.of(shoes.id()));
    assertThat(workspaces.list(one, PageRequest.FIRST).items()).containsExactly(shoes);
    assertThat(workspaces.get(one, shoes.id())).isEqualTo(shoes);
    assertFails(CommonErrors.NOT_FOUND, () -> workspaces.get(one, hats.id()));
    assertFails(CommonErrors.NOT_FOUND, () -> workspaces.get(one, main));
    assertThat(place(one, null)).isEqualTo(shoes.id());
    assertThat(place(one, shoes.id())).isEqualTo(shoes.id());
    assertInvalid("/workspace_id", () -> place(one, hats.id()));
    assertInvalid("/workspace_id", () -> place(one, main));

    TenantContext two = tenant.in(Set.of(shoes.id(), hats.id()));
    assertThat(workspaces.list(two, PageRequest.FIRST).items()).containsExactly(shoes, hats);
    assertThat(place(two, hats.id())).isEqualTo(hats.id());
    assertInvalid("/workspace_id", () -> place(two, null));

    TenantContext none = tenant.in(Set.of());
    assertThat(workspaces.list(none, PageRequest.FIRST).items()).isEmpty();
    assertInvalid("/workspace_id", () -> place(none, null));
    assertInvalid("/workspace_id", () -> place(none, shoes.id()));
    assertThat(all()).as("what a restriction leaves behind on a connection").hasSize(3);
  }

  @Test
  void aNarrowedContextShouldNotSeeMoreThanBefore() {
    UUID shoes = make("Shoes").id();
    UUID hats = make("Hats").id();
    assertThat(tenant.within(null)).isSameAs(tenant);
    assertThat(tenant.within(shoes).workspaces()).containsExactly(shoes);
    assertThat(tenant.within(shoes).within(hats).workspaces()).isEmpty();
    assertThat(tenant.in(Set.of(shoes, hats)).within(hats).workspaces()).containsExactly(hats);
    assertThat(tenant.within(shoes).with(null).workspaces()).containsExactly(shoes);
  }

  /** The objection sees what was placed before: archiving waits for who places. */
  @Test
  void archivingShouldWaitForWhoeverPlacesAThing() throws Exception {
    Workspace made = make("Shoes");
    CountDownLatch placed = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    CompletableFuture<Object> placing =
        CompletableFuture.supplyAsync(
            () ->
                world.transactions.call(
                    tenant,
                    tx -> {
                      workspaces.place(tx, made.id());
                      placed.countDown();
                      await(go);
                      return true;
                    }));
    await(placed);
    CompletableFuture<Workspace> archiving =
        CompletableFuture.supplyAsync(() -> workspaces.archive(tenant, made.id()));
    awaitBlocked();
    assertThat(archiving).isNotDone();
    go.countDown();
    placing.get(10, TimeUnit.SECONDS);
    assertThat(archiving.get(10, TimeUnit.SECONDS).archivedAt()).isNotNull();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(10, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Until a transaction waits for another one. */
  private static void awaitBlocked() throws Exception {
    String sql = "select count(*) from pg_locks where not granted";
    try (var owner = DATABASE.owner();
        var query = owner.prepareStatement(sql)) {
      long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
      while (System.nanoTime() < end) {
        try (var row = query.executeQuery()) {
          row.next();
          if (row.getLong(1) > 0) {
            return;
          }
        }
        Thread.onSpinWait();
      }
      throw new AssertionError("Nobody waits");
    }
  }

  @Test
  void workspacesShouldBeTheirTenantsAlone() {
    Workspace made = make("Shoes");
    TenantContext stranger = World.context(world.newTenant());
    assertFails(CommonErrors.NOT_FOUND, () -> workspaces.get(stranger, made.id()));
    assertFails(CommonErrors.NOT_FOUND, () -> workspaces.archive(stranger, made.id()));
    assertFails(
        CommonErrors.NOT_FOUND,
        () -> workspaces.update(stranger, made.id(), new WorkspaceChange("X", null), 0));
    assertThat(workspaces.list(stranger, PageRequest.FIRST).items()).hasSize(1);
  }

  @Test
  void workspacesShouldBeListedInStretches() {
    Workspace made = make("Shoes");
    var first = workspaces.list(tenant, new PageRequest(1, null));
    assertThat(first.items()).extracting(Workspace::main).containsExactly(true);
    var rest = workspaces.list(tenant, new PageRequest(1, first.next()));
    assertThat(rest.items()).containsExactly(made);
    assertThat(rest.next()).isNull();
  }
}
