// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import static io.rookery.tenancy.internal.World.assertFails;
import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.World;
import io.rookery.tenancy.internal.auth.Rate;
import io.rookery.tenancy.internal.auth.Rates;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PlansTest extends PlanFixture {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  PlansTest() {
    super(DATABASE);
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
}
