// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.tenancy.Scope;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.Tenant.Status;
import io.rookery.api.tenancy.TenantService.NewTenant;
import io.rookery.api.tenancy.TenantService.TenantChange;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.store.Directory;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TenantServiceTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
  }

  private static NewTenant named(String slug) {
    return new NewTenant("Name", slug, null);
  }

  private static String slug() {
    return "s-" + Uuids.next();
  }

  private TenantContext keyed(String key) {
    return world.asOperator.with(new IdempotencyKey(key, "fingerprint"));
  }

  private void assertReserved(String slug, boolean expected) throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement query =
            owner.prepareStatement("select from platform.tenant where slug = ?")) {
      query.setString(1, slug);
      try (ResultSet row = query.executeQuery()) {
        assertThat(row.next()).isEqualTo(expected);
      }
    }
  }

  @Test
  void tablesShouldKeepTheRules() throws SQLException {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void racingNodesShouldMakeOneOperator() throws Exception {
    List<Callable<UUID>> boots = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      boots.add(
          () ->
              new OperatorTenant(
                      world.transactions, new EventLogService(() -> 1, null), world.clock)
                  .id());
    }
    Set<UUID> ids = ConcurrentHashMap.newKeySet();
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      for (Future<UUID> boot : threads.invokeAll(boots)) {
        ids.add(boot.get());
      }
    } finally {
      threads.shutdownNow();
    }
    assertThat(ids).containsExactly(world.tenants.operatorTenantId());
    assertThat(world.events(world.asOperator))
        .filteredOn(event -> event.startsWith("tenant.created"))
        .hasSize(1);
    assertThat(world.tenants.get(world.asOperator).slug()).isEqualTo("operator");
  }

  @Test
  void createdTenantShouldBeFound() {
    String slug = slug();
    Tenant made =
        world.tenants.create(world.asOperator, new NewTenant(" Näme ", slug, "Street 1\nTown"));
    assertThat(made.name()).isEqualTo("Näme");
    assertThat(made.status()).isEqualTo(Status.ACTIVE);
    assertThat(made.version()).isEqualTo(1);
    assertThat(made.createdAt()).isEqualTo(world.clock.instant());
    assertThat(world.tenants.get(World.context(made))).isEqualTo(made);
    assertThat(world.tenants.find(world.asOperator, slug)).contains(made);
    assertThat(world.tenants.find(world.asOperator, made.id().toString())).contains(made);
    assertThat(world.tenants.find(world.asOperator, slug())).isEmpty();
    assertThat(world.events(World.context(made))).containsExactly("tenant.created 1");
  }

  @Test
  void aWeightShouldBeTheOperatorsToChange() throws SQLException {
    Tenant made = world.tenants.create(world.asOperator, named(slug()));
    assertThat(made.weight()).isEqualTo(1);

    Tenant heavy = world.tenants.weigh(world.asOperator, made.id(), 100);

    assertThat(heavy.weight()).isEqualTo(100);
    assertThat(world.tenants.get(World.context(made))).isEqualTo(heavy);
    assertThat(world.tenants.weigh(world.asOperator, made.id(), 100)).isEqualTo(heavy);
    assertThat(world.events(World.context(made)))
        .containsExactlyInAnyOrder("tenant.created 1", "tenant.updated 2");
    for (int wrong : new int[] {0, 101, -1}) {
      assertInvalid("/weight", () -> world.tenants.weigh(world.asOperator, made.id(), wrong));
    }
    assertFails(
        CommonErrors.FORBIDDEN, () -> world.tenants.weigh(World.context(made), made.id(), 2));
    assertFails(
        CommonErrors.NOT_FOUND, () -> world.tenants.weigh(world.asOperator, Uuids.next(), 2));
    assertThat(weightsThatThePlatformSees()).contains(made.id() + " 100");
  }

  private static List<String> weightsThatThePlatformSees() throws SQLException {
    try (Connection system = DATABASE.asSystem();
        PreparedStatement query =
            system.prepareStatement("select tenant_id, weight from tenant.tenancy_weights_v1");
        ResultSet rows = query.executeQuery()) {
      List<String> weights = new ArrayList<>();
      while (rows.next()) {
        weights.add(rows.getString(1) + " " + rows.getInt(2));
      }
      return weights;
    }
  }

  @Test
  void takenSlugShouldBeAConflict() {
    String slug = slug();
    world.tenants.create(world.asOperator, named(slug));
    assertFails(CommonErrors.CONFLICT, () -> world.tenants.create(world.asOperator, named(slug)));
    assertFails(
        CommonErrors.CONFLICT, () -> world.tenants.create(keyed(slug()), named("operator")));
  }

  @Test
  void repeatShouldReturnTheFirstTenant() {
    TenantContext keyed = keyed(slug());
    String slug = slug();
    Tenant first = world.tenants.create(keyed, named(slug));
    assertThat(world.tenants.create(keyed, named(slug))).isEqualTo(first);
    assertThat(world.events(World.context(first))).containsExactly("tenant.created 1");
  }

  @Test
  void keyOfAnotherRequestShouldLeaveNothingBehind() throws SQLException {
    TenantContext keyed = keyed(slug());
    world.tenants.create(keyed, named(slug()));
    TenantContext other =
        keyed.with(new IdempotencyKey(keyed.idempotencyKey().key(), "another fingerprint"));
    String slug = slug();
    assertFails(
        CommonErrors.IDEMPOTENCY_KEY_REUSED, () -> world.tenants.create(other, named(slug)));
    assertReserved(slug, false);
  }

  @Test
  void repeatOfABrokenOffCreateShouldFinishIt() throws SQLException {
    TenantContext keyed = keyed(slug());
    String slug = slug();
    Tenant first = world.tenants.create(keyed, named(slug));
    // What a crash after the answer was kept, and a sweep after that, leave behind.
    try (Connection owner = DATABASE.owner()) {
      for (String table : List.of("tenant.tenant", "platform.tenant")) {
        try (PreparedStatement delete =
            owner.prepareStatement("delete from " + table + " where id = ?")) {
          delete.setObject(1, first.id());
          delete.executeUpdate();
        }
      }
    }
    assertThat(world.tenants.create(keyed, named(slug))).isEqualTo(first);
    assertThat(world.tenants.find(world.asOperator, slug)).contains(first);
    assertThat(world.tenants.get(World.context(first))).isEqualTo(first);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", "a-", "A", "a_b", "a b", "ä"})
  void wrongSlugShouldBeRefused(String slug) {
    assertInvalid("/slug", () -> world.tenants.create(world.asOperator, named(slug)));
  }

  @Test
  void wrongFieldsShouldBeReportedTogether() {
    NewTenant wrong = new NewTenant(" ", null, "x".repeat(501));
    for (String pointer : List.of("/name", "/slug", "/postal_address")) {
      assertInvalid(pointer, () -> world.tenants.create(world.asOperator, wrong));
    }
  }

  @Test
  void onlyTheOperatorShouldSeeAndMakeTenants() {
    Tenant one = world.newTenant();
    TenantContext tenant = World.context(one);
    UUID other = world.newTenant().id();
    assertFails(CommonErrors.FORBIDDEN, () -> world.tenants.create(tenant, named(slug())));
    assertFails(CommonErrors.FORBIDDEN, () -> world.tenants.list(tenant, PageRequest.FIRST));
    assertFails(CommonErrors.FORBIDDEN, () -> world.tenants.find(tenant, other.toString()));
    assertFails(CommonErrors.FORBIDDEN, () -> world.tenants.suspend(tenant, other, "x"));
    assertFails(CommonErrors.FORBIDDEN, () -> world.tenants.resume(tenant, one.id()));
  }

  @Test
  void listShouldPageOldestFirst() {
    List<UUID> made =
        List.of(world.newTenant().id(), world.newTenant().id(), world.newTenant().id());
    List<UUID> seen = new ArrayList<>();
    String cursor = null;
    do {
      Page<Tenant> page = world.tenants.list(world.asOperator, new PageRequest(2, cursor));
      assertThat(page.items()).hasSizeLessThanOrEqualTo(2);
      page.items().forEach(tenant -> seen.add(tenant.id()));
      cursor = page.next();
    } while (cursor != null);
    assertThat(seen).isSorted().doesNotHaveDuplicates().containsSubsequence(made);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "x", "????", "AAAAAAAAAAAAAAAAAAAAAAA", "a2tra2tra2tra2tra2tra2s"})
  void foreignCursorShouldBeRefused(String cursor) {
    assertFails(
        CommonErrors.INVALID_REQUEST,
        () -> world.tenants.list(world.asOperator, new PageRequest(2, cursor)));
  }

  @Test
  void updateShouldChangeWhatIsGiven() {
    Tenant made = world.newTenant();
    TenantContext tenant = World.context(made);
    Tenant changed = world.tenants.update(tenant, new TenantChange("Other", null));
    assertThat(changed.name()).isEqualTo("Other");
    assertThat(changed.postalAddress()).isEqualTo(made.postalAddress());
    assertThat(changed.version()).isEqualTo(2);
    assertThat(world.tenants.get(tenant)).isEqualTo(changed);
    Tenant same = world.tenants.update(tenant, new TenantChange("Other", null));
    assertThat(same).isEqualTo(changed);
    assertInvalid("/name", () -> world.tenants.update(tenant, new TenantChange("", null)));
    assertThat(world.events(tenant)).containsExactly("tenant.created 1", "tenant.updated 2");
  }

  @Test
  void suspendShouldHappenOnceAndBeLifted() {
    Tenant made = world.newTenant();
    long epoch = DATABASE.epochs().current(made.id(), "tenant");
    Tenant suspended = world.tenants.suspend(world.asOperator, made.id(), "unpaid");
    assertThat(suspended.status()).isEqualTo(Status.SUSPENDED);
    assertThat(standings(World.context(made))).containsExactly("suspended 1");
    assertThat(world.tenants.suspend(world.asOperator, made.id(), "again")).isEqualTo(suspended);
    assertThat(world.tenants.find(world.asOperator, made.slug())).contains(suspended);
    assertThat(DATABASE.epochs().current(made.id(), "tenant")).isGreaterThan(epoch);
    assertThat(world.tenants.resume(world.asOperator, made.id()).status()).isEqualTo(Status.ACTIVE);
    assertThat(world.tenants.resume(world.asOperator, made.id()).version()).isEqualTo(3);
    assertThat(standings(World.context(made))).containsExactly("active 1");
    assertThat(world.events(World.context(made)))
        .containsExactly("tenant.created 1", "tenant.suspended 2", "tenant.resumed 3");
  }

  @Test
  void repeatedSuspensionShouldBeAnsweredAsTheFirstWasAndChangeNothing() {
    Tenant made = world.newTenant();
    TenantContext stop = world.asOperator.with(new IdempotencyKey("stop-" + made.id(), "f"));
    Tenant suspended = world.tenants.suspend(stop, made.id(), "unpaid");
    TenantContext go = world.asOperator.with(new IdempotencyKey("go-" + made.id(), "f"));
    Tenant resumed = world.tenants.resume(go, made.id());
    assertThat(world.tenants.suspend(stop, made.id(), "unpaid")).isEqualTo(suspended);
    assertThat(world.tenants.get(World.context(made))).isEqualTo(resumed);
    assertThat(world.tenants.find(world.asOperator, made.slug())).contains(resumed);
    Tenant other = world.newTenant();
    TenantContext reused = world.asOperator.with(new IdempotencyKey("stop-" + made.id(), "g"));
    assertFails(
        CommonErrors.IDEMPOTENCY_KEY_REUSED,
        () -> world.tenants.suspend(reused, other.id(), "unpaid"));
    assertThat(world.tenants.get(World.context(other)).status()).isEqualTo(Status.ACTIVE);
  }

  @Test
  void keyOfTheOperatorShouldNotMeetTheTenantsOwn() {
    Tenant made = world.newTenant();
    IdempotencyKey same = new IdempotencyKey("one", "operator's");
    world.tenants.suspend(world.asOperator.with(same), made.id(), "unpaid");
    TenantContext own = World.context(made).with(new IdempotencyKey("one", "tenant's"));
    assertThat(world.keys.create(own, World.key(Mode.LIVE, Scope.CONTACTS), World.ALL).key().name())
        .isEqualTo("Key");
  }

  /** Returns what a tenant reads of whether it may send: of itself alone. */
  private static List<String> standings(TenantContext tenant) {
    return DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              try (PreparedStatement query =
                      tx.connection()
                          .prepareStatement("select * from tenant.tenancy_standings_v1");
                  ResultSet rows = query.executeQuery()) {
                List<String> standings = new ArrayList<>();
                while (rows.next()) {
                  standings.add(rows.getString("status") + " " + rows.getInt("weight"));
                }
                return standings;
              }
            });
  }

  @Test
  void suspendShouldRefuseTheOperatorAndTheUnknown() {
    assertFails(
        CommonErrors.WRONG_STATE,
        () -> world.tenants.suspend(world.asOperator, world.operator.id(), "x"));
    assertFails(
        CommonErrors.NOT_FOUND, () -> world.tenants.suspend(world.asOperator, Uuids.next(), "x"));
  }

  @Test
  void unknownTenantShouldNotBeFound() {
    assertFails(CommonErrors.NOT_FOUND, () -> world.tenants.get(DATABASE.tenant()));
  }

  @Test
  void rowLevelSecurityShouldHideOtherTenants() throws SQLException {
    Tenant mine = world.newTenant();
    Tenant yours = world.newTenant();
    world.newKey(World.context(yours), Scope.CONTACTS);
    try (Connection app = DATABASE.asApp(World.context(mine))) {
      assertThat(count(app, "select count(*) from tenant.tenant")).isEqualTo(1);
      assertThat(count(app, "select count(*) from tenant.api_key")).isZero();
      assertThat(
              count(
                  app,
                  "with x as (update tenant.tenant set weight = 9"
                      + " where id = '"
                      + yours.id()
                      + "' returning 1) select count(*) from x"))
          .isZero();
    }
    assertThat(world.tenants.get(World.context(yours)).weight()).isEqualTo(1);
  }

  private static long count(Connection connection, String sql) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement(sql);
        ResultSet row = query.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void sweepShouldRemoveWhatLeadsNowhere() throws SQLException {
    Tenant real = world.newTenant();
    String lost = slug();
    new Directory(world.transactions).reserve(Uuids.next(), lost, world.clock.instant());
    OrphanSweep sweep = new OrphanSweep(world.transactions, world.clock);
    sweep.run();
    assertReserved(lost, true);
    world.clock.move(Duration.ofMinutes(11));
    sweep.run();
    assertReserved(lost, false);
    assertReserved(real.slug(), true);
    assertReserved("operator", true);
  }
}
