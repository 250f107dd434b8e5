// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.EntitlementUsage;
import io.rookery.api.plans.Entitlements;
import io.rookery.api.plans.Plan;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscription.Allowed;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.plans.Subscriptions;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.World;
import io.rookery.tenancy.internal.auth.KeyCache;
import io.rookery.tenancy.internal.auth.Rate;
import io.rookery.tenancy.internal.auth.Rates;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlansTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private TenantContext tenant;
  private UUID id;
  private Subscriptions subscriptions;
  private PlanServiceImpl plans;
  private Entitlements entitlements;
  private DueChanges due;

  /** Things of two kinds, as bundles of their own would keep them. */
  @BeforeAll
  static void makeTables() throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(
          "create table tenant.thing (tenant_id uuid not null, id uuid not null, kind text,"
              + " primary key (tenant_id, id))");
      statement.execute("grant select, insert, delete on tenant.thing to rookery_app");
    }
  }

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    tenant = World.context(world.newTenant());
    id = tenant.tenantId();
    with(world.standings);
  }

  private void with(Standings standings) {
    standings.bindUsage(new Things(Entitlement.DOMAINS));
    standings.bindUsage(new Things(Entitlement.USERS));
    plans =
        new PlanServiceImpl(
            world.transactions, world.log, DATABASE.epochs(), world.operator, world.clock);
    subscriptions =
        new SubscriptionsImpl(
            new SubscriptionsImpl.Neighbours(
                world.transactions, world.tenants, world.log, DATABASE.epochs()),
            standings,
            world.clock);
    entitlements = new EntitlementsImpl(standings);
    due =
        new DueChanges(
            world.transactions, DATABASE.epochs(), new Changes(standings, world.log), world.clock);
  }

  private void make(TenantContext context, Entitlement entitlement) {
    world.transactions.call(context, tx -> make(tx, entitlement));
  }

  private Void make(Tx tx, Entitlement entitlement) throws SQLException {
    entitlements.require(tx, entitlement, it -> new Things(entitlement).used(it) + 1);
    try (PreparedStatement insert =
        tx.connection().prepareStatement("insert into tenant.thing values (?, ?, ?)")) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, Uuids.next());
      insert.setString(3, entitlement.name());
      insert.executeUpdate();
    }
    return null;
  }

  private void remove(int number) {
    world.transactions.call(
        tenant,
        tx -> {
          try (PreparedStatement delete =
              tx.connection()
                  .prepareStatement(
                      "delete from tenant.thing where (tenant_id, id) in (select tenant_id, id"
                          + " from tenant.thing where tenant_id = ? limit ?)")) {
            delete.setObject(1, id);
            delete.setInt(2, number);
            return delete.executeUpdate();
          }
        });
  }

  private Allowed allowed(Entitlement entitlement) {
    return subscriptions.get(tenant).entitlements().stream()
        .filter(it -> it.entitlement() == entitlement)
        .findFirst()
        .orElseThrow();
  }

  private void assign(String plan) {
    subscriptions.assign(world.asOperator, id, plan, null);
  }

  private String plan() {
    return subscriptions.get(tenant).plan().code();
  }

  @Test
  void tablesShouldKeepTheRules() throws SQLException {
    assertThat(CatalogueRules.violations(DATABASE))
        .allMatch(violation -> violation.startsWith("tenant.thing "));
  }

  @Test
  void offeredPlansShouldBeThoseOfThePriceList() {
    List<Plan> offered = plans.list(tenant);
    assertThat(offered)
        .filteredOn(plan -> List.of("starter", "professional", "business").contains(plan.code()))
        .extracting(Plan::code)
        .containsExactly("starter", "professional", "business");
    assertThat(offered.get(0).price()).isEqualTo(new Plan.Price("USD", 4900, 47000));
    assertThat(offered.get(0).limits())
        .isEqualTo(
            Map.of(
                Entitlement.EMAILS, 10_000L,
                Entitlement.USERS, 2L,
                Entitlement.WORKSPACES, 3L,
                Entitlement.DOMAINS, 5L,
                Entitlement.REQUESTS_PER_MINUTE, 60L,
                Entitlement.REQUEST_BURST, 100L));
    assertThat(plans.list(tenant)).noneMatch(plan -> plan.code().equals("unmetered"));
    assertThat(plans.list(world.asOperator)).anyMatch(plan -> plan.code().equals("unmetered"));
  }

  @Test
  void tenantThatChoseNothingShouldHaveTheDefaultPlan() {
    assertThat(plan()).isEqualTo("unmetered");
    assertThat(subscriptions.get(tenant).since()).isNull();
    assertThat(allowed(Entitlement.DOMAINS).limit()).isNull();
    with(Standings.of(world.operator, "starter"));
    assertThat(plan()).isEqualTo("starter");
    assertThat(allowed(Entitlement.DOMAINS).limit()).isEqualTo(5);
    with(Standings.of(world.operator, "no-such-plan"));
    assertThat(plan()).isEqualTo("unmetered");
  }

  @Test
  void operatorsOwnTenantShouldNotBeLimited() {
    with(Standings.of(world.operator, "starter"));
    for (int i = 0; i < 8; i++) {
      make(world.asOperator, Entitlement.DOMAINS);
    }
    assertFails(
        CommonErrors.WRONG_STATE,
        () ->
            subscriptions.assign(world.asOperator, world.operator.id(), "starter", Interval.MONTH));
    assertFails(
        CommonErrors.WRONG_STATE, () -> subscriptions.change(world.asOperator, "starter", null));
  }

  @Test
  void whatThePlanDoesNotGiveShouldBeRefusedInWordsThatHelp() {
    assign("starter");
    for (int i = 0; i < 5; i++) {
      make(tenant, Entitlement.DOMAINS);
    }
    assertThatThrownBy(() -> make(tenant, Entitlement.DOMAINS))
        .isInstanceOfSatisfying(
            RookeryException.class,
            e -> {
              assertThat(e.code().name()).isEqualTo("plan_limit_reached");
              assertThat(e.code().kind().status()).isEqualTo(409);
            })
        .hasMessageContainingAll("Starter", "allows 5 domains", "would make 6", "higher plan");
    make(tenant, Entitlement.USERS);
    assertThat(allowed(Entitlement.DOMAINS))
        .isEqualTo(new Allowed(Entitlement.DOMAINS, 5L, 5L, false));
    assertThat(allowed(Entitlement.WORKSPACES).used()).isNull();
  }

  @Test
  void ofManyMakersAtALimitThoseThatFitShouldWin() throws Exception {
    assign("starter");
    make(tenant, Entitlement.DOMAINS);
    make(tenant, Entitlement.DOMAINS);
    make(tenant, Entitlement.DOMAINS);
    make(tenant, Entitlement.DOMAINS);
    AtomicInteger refused = new AtomicInteger();
    CountDownLatch start = new CountDownLatch(1);
    ExecutorService threads = Executors.newFixedThreadPool(6);
    try {
      CompletableFuture<?>[] makers =
          IntStream.range(0, 6)
              .mapToObj(i -> CompletableFuture.runAsync(() -> tryToMake(start, refused), threads))
              .toArray(CompletableFuture[]::new);
      start.countDown();
      CompletableFuture.allOf(makers).get(30, TimeUnit.SECONDS);
    } finally {
      threads.shutdownNow();
    }
    assertThat(refused).hasValue(5);
    assertThat(allowed(Entitlement.DOMAINS).used()).isEqualTo(5);
  }

  @Test
  void secondMakerShouldWaitForTheFirstAndCountWhatItMade() throws Exception {
    assign("starter");
    subscriptions.override(world.asOperator, id, Entitlement.DOMAINS, 1L);
    AtomicInteger refused = new AtomicInteger();
    ExecutorService other = Executors.newSingleThreadExecutor();
    try {
      CompletableFuture<Void> second =
          world.transactions.call(
              tenant,
              tx -> {
                make(tx, Entitlement.DOMAINS);
                CompletableFuture<Void> begun =
                    CompletableFuture.runAsync(
                        () -> tryToMake(new CountDownLatch(0), refused), other);
                awaitWaiting(begun);
                return begun;
              });
      second.get(30, TimeUnit.SECONDS);
    } finally {
      other.shutdownNow();
    }
    assertThat(refused).hasValue(1);
    assertThat(allowed(Entitlement.DOMAINS).used()).isEqualTo(1);
  }

  /** Waits until somebody waits for a lock, or the other has ended without. */
  private static void awaitWaiting(CompletableFuture<Void> other) throws SQLException {
    try (Connection owner = DATABASE.owner();
        PreparedStatement query =
            owner.prepareStatement(
                "select count(*) from pg_locks where locktype = 'advisory' and not granted")) {
      long waiting = 0;
      while (waiting == 0 && !other.isDone()) {
        try (ResultSet row = query.executeQuery()) {
          row.next();
          waiting = row.getLong(1);
        }
      }
    }
  }

  private void tryToMake(CountDownLatch start, AtomicInteger refused) {
    try {
      start.await();
      make(tenant, Entitlement.DOMAINS);
    } catch (RookeryException e) {
      assertThat(e.code()).isEqualTo(Entitlements.LIMIT_REACHED);
      refused.incrementAndGet();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void higherPlanShouldHoldAtOnceAndKeepThePeriod() {
    assign("starter");
    Instant end = subscriptions.get(tenant).periodEndsAt();
    world.clock.move(Duration.ofDays(3));
    long epoch = DATABASE.epochs().current(id, KeyCache.TENANT);
    Subscription changed = subscriptions.change(tenant, "business", null);
    assertThat(changed.plan().code()).isEqualTo("business");
    assertThat(changed.since()).isEqualTo(world.clock.instant());
    assertThat(changed.periodEndsAt()).isEqualTo(end);
    assertThat(DATABASE.epochs().current(id, KeyCache.TENANT)).isGreaterThan(epoch);
    assertThat(world.events(tenant)).endsWith("subscription.changed 1", "subscription.changed 2");
  }

  @Test
  void lowerPlanShouldFollowWithTheNextPeriod() {
    assign("business");
    Subscription scheduled = subscriptions.change(tenant, "starter", null);
    assertThat(scheduled.plan().code()).isEqualTo("business");
    assertThat(scheduled.nextPlan()).isEqualTo("starter");
    world.clock.move(
        Duration.between(world.clock.instant(), scheduled.periodEndsAt()).minusMillis(1));
    due.run();
    assertThat(plan()).isEqualTo("business");
    world.clock.move(Duration.ofMillis(1));
    long epoch = DATABASE.epochs().current(id, KeyCache.TENANT);
    world.clock.move(Duration.ofHours(5));
    due.run();
    due.run();
    assertThat(plan()).isEqualTo("starter");
    assertThat(subscriptions.get(tenant).since()).isEqualTo(scheduled.periodEndsAt());
    assertThat(subscriptions.get(tenant).nextPlan()).isNull();
    assertThat(DATABASE.epochs().current(id, KeyCache.TENANT)).isEqualTo(epoch + 1);
    assertThat(world.events(tenant))
        .endsWith("subscription.change_scheduled 2", "subscription.changed 3");
  }

  @Test
  void lowerPlanShouldBeRefusedNamingAllThatIsOver() {
    assign("business");
    for (int i = 0; i < 7; i++) {
      make(tenant, Entitlement.DOMAINS);
      make(tenant, Entitlement.USERS);
    }
    assertThatThrownBy(() -> subscriptions.change(tenant, "starter", null))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.code()).isEqualTo(Subscriptions.OVER_LIMITS))
        .hasMessageContainingAll(
            "Starter",
            "allows 5 domains and there are 7, so remove 2",
            "allows 2 users and there are 7, so remove 5");
    assertThat(subscriptions.get(tenant).nextPlan()).isNull();
    assertThatThrownBy(() -> subscriptions.change(tenant, "professional", null))
        .hasMessageContaining("5 users")
        .hasMessageNotContaining("domains");
  }

  @Test
  void changeThatIsDueShouldWaitAPeriodWhileThereIsTooMuch() {
    assign("business");
    Subscription scheduled = subscriptions.change(tenant, "starter", null);
    for (int i = 0; i < 6; i++) {
      make(tenant, Entitlement.DOMAINS);
    }
    world.clock.move(Duration.between(world.clock.instant(), scheduled.periodEndsAt()));
    due.run();
    assertThat(plan()).isEqualTo("business");
    assertThat(subscriptions.get(tenant).nextPlan()).isEqualTo("starter");
    assertThat(world.events(tenant)).endsWith("subscription.change_deferred 3");
    remove(1);
    due.run();
    assertThat(plan()).isEqualTo("business");
    world.clock.move(
        Duration.between(world.clock.instant(), subscriptions.get(tenant).periodEndsAt()));
    due.run();
    assertThat(plan()).isEqualTo("starter");
  }

  @Test
  void presentPlanShouldWithdrawWhatIsDueAndAnotherIntervalShouldFollow() {
    assign("business");
    subscriptions.change(tenant, "starter", null);
    assertThat(subscriptions.change(tenant, "business", null).nextPlan()).isNull();
    assertThat(world.events(tenant)).endsWith("subscription.change_withdrawn 3");
    Subscription yearly = subscriptions.change(tenant, "business", Interval.YEAR);
    assertThat(yearly.interval()).isEqualTo(Interval.MONTH);
    assertThat(yearly.nextInterval()).isEqualTo(Interval.YEAR);
    world.clock.move(Duration.between(world.clock.instant(), yearly.periodEndsAt()));
    due.run();
    Subscription after = subscriptions.get(tenant);
    assertThat(after.interval()).isEqualTo(Interval.YEAR);
    assertThat(Duration.between(after.since(), after.periodEndsAt()).toDays())
        .isBetween(365L, 366L);
  }

  @Test
  void plansThatAreNotOfferedShouldNotBeChosen() {
    assertInvalid("/plan", () -> subscriptions.change(tenant, "nothing", null));
    // Else it would keep what the operator means for nobody who comes later.
    assertInvalid("/plan", () -> subscriptions.change(tenant, "unmetered", null));
    assertThat(subscriptions.get(tenant).since()).isNull();
    assign("starter");
    assertInvalid("/plan", () -> subscriptions.change(tenant, "unmetered", null));
    assign("unmetered");
    assertThat(subscriptions.get(tenant).since()).isNotNull();
    assertInvalid("/plan", () -> assign("nothing"));
  }

  @Test
  void repeatedChangeShouldBeAnsweredAsTheFirstWas() {
    assign("starter");
    TenantContext keyed = tenant.with(new IdempotencyKey("up", "f"));
    Subscription first = subscriptions.change(keyed, "business", null);
    assign("professional");
    assertThat(subscriptions.change(keyed, "business", null)).isEqualTo(first);
    assertThat(plan()).isEqualTo("professional");
  }

  @Test
  void operatorsLimitShouldStandInPlaceOfThePlans() {
    assign("starter");
    subscriptions.override(world.asOperator, id, Entitlement.DOMAINS, 1L);
    subscriptions.override(world.asOperator, id, Entitlement.DOMAINS, 1L);
    make(tenant, Entitlement.DOMAINS);
    assertThatThrownBy(() -> make(tenant, Entitlement.DOMAINS))
        .hasMessageContainingAll("operator's setting", "Starter", "allows 1 domains");
    subscriptions.override(world.asOperator, id, Entitlement.DOMAINS, null);
    assertThat(allowed(Entitlement.DOMAINS))
        .isEqualTo(new Allowed(Entitlement.DOMAINS, null, 1L, true));
    make(tenant, Entitlement.DOMAINS);
    subscriptions.removeOverride(world.asOperator, id, Entitlement.DOMAINS);
    subscriptions.removeOverride(world.asOperator, id, Entitlement.DOMAINS);
    assertThat(allowed(Entitlement.DOMAINS).limit()).isEqualTo(5);
    assertThat(world.events(tenant))
        .endsWith(
            "entitlement.overridden 0",
            "entitlement.overridden 0",
            "entitlement.override_removed 0");
    assertThat(world.events(world.asOperator)).contains("entitlement.overridden 0");
    assertInvalid(
        "/limit",
        () -> subscriptions.override(world.asOperator, id, Entitlement.REQUEST_BURST, null));
    assertInvalid(
        "/limit", () -> subscriptions.override(world.asOperator, id, Entitlement.USERS, -1L));
  }

  @Test
  void onlyTheOperatorShouldDecideForOthers() {
    UUID other = world.newTenant().id();
    assertFails(
        CommonErrors.FORBIDDEN, () -> subscriptions.assign(tenant, other, "business", null));
    assertFails(
        CommonErrors.FORBIDDEN,
        () -> subscriptions.override(tenant, id, Entitlement.DOMAINS, 100L));
    assertFails(
        CommonErrors.FORBIDDEN,
        () -> subscriptions.removeOverride(tenant, id, Entitlement.DOMAINS));
    assertFails(CommonErrors.FORBIDDEN, () -> subscriptions.get(tenant, other));
    assertFails(CommonErrors.FORBIDDEN, () -> plans.put(tenant, plans.list(tenant).get(0)));
    assertFails(
        CommonErrors.NOT_FOUND,
        () -> subscriptions.assign(world.asOperator, Uuids.next(), "business", null));
  }

  @Test
  void changedPlanShouldHoldForAllWhoHaveIt() {
    Plan small =
        new Plan(
            "small-" + id.toString().substring(28),
            "Small",
            5,
            true,
            Map.of(
                Entitlement.DOMAINS, 1L,
                Entitlement.REQUESTS_PER_MINUTE, 10L,
                Entitlement.REQUEST_BURST, 20L),
            null);
    plans.put(world.asOperator, small);
    assign(small.code());
    assertThat(rate(null)).isEqualTo(new Rate(10, 20));
    long epoch = DATABASE.epochs().current(world.operator.id(), Rates.PLANS);
    Plan larger =
        new Plan(
            small.code(),
            "Small",
            5,
            false,
            Map.of(Entitlement.REQUESTS_PER_MINUTE, 11L, Entitlement.REQUEST_BURST, 22L),
            new Plan.Price("EUR", 1, 2));
    assertThat(plans.put(world.asOperator, larger)).isEqualTo(larger);
    assertThat(rate(null)).isEqualTo(new Rate(11, 22));
    assertThat(subscriptions.get(tenant).plan()).isEqualTo(larger);
    assertThat(DATABASE.epochs().current(world.operator.id(), Rates.PLANS)).isGreaterThan(epoch);
    assertInvalid(
        "/limits/request_burst",
        () ->
            plans.put(
                world.asOperator,
                new Plan("x", "X", 0, true, Map.of(Entitlement.REQUESTS_PER_MINUTE, 1L), null)));
  }

  private Rate rate(Rate configured) {
    return world.transactions.call(tenant, tx -> world.standings.rate(tx, configured));
  }

  @Test
  void ratesShouldBeThoseOfThePlanUnlessConfiguredOrOverridden() {
    Rate configured = new Rate(7, 8);
    assertThat(rate(null)).isEqualTo(new Rate(300, 500));
    assertThat(rate(configured)).isEqualTo(configured);
    assign("starter");
    assertThat(rate(configured)).isEqualTo(new Rate(60, 100));
    subscriptions.override(world.asOperator, id, Entitlement.REQUEST_BURST, 250L);
    assertThat(rate(configured)).isEqualTo(new Rate(60, 250));
    assign("business");
    assertThat(rate(configured)).isEqualTo(new Rate(1000, 250));
  }

  @Test
  void tenantsShouldNotSeeEachOthersPlans() throws SQLException {
    assign("starter");
    try (Connection stranger = DATABASE.asApp(World.context(world.newTenant()));
        Statement statement = stranger.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from tenant.subscription")) {
      rows.next();
      assertThat(rows.getLong(1)).isZero();
      assertThatThrownBy(() -> statement.execute("update platform.plan set domains = null"))
          .hasMessageContaining("permission denied");
    }
    try (Connection system = DATABASE.asSystem();
        Statement statement = system.createStatement()) {
      assertThatThrownBy(() -> statement.execute("select plan from tenant.subscription"))
          .hasMessageContaining("permission denied");
    }
  }

  /** Counts things of a kind. */
  private record Things(Entitlement entitlement) implements EntitlementUsage {

    @Override
    public long used(Tx tx) throws SQLException {
      try (PreparedStatement query =
          tx.connection()
              .prepareStatement(
                  "select count(*) from tenant.thing where tenant_id = ? and kind = ?")) {
        query.setObject(1, tx.context().tenantId());
        query.setString(2, entitlement.name());
        try (ResultSet row = query.executeQuery()) {
          row.next();
          return row.getLong(1);
        }
      }
    }
  }
}
