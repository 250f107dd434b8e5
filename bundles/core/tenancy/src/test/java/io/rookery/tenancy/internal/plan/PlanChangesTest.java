// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import static io.rookery.tenancy.internal.World.assertInvalid;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.plans.Subscriptions;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.tenancy.internal.auth.KeyCache;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How a tenant comes from one plan to another. */
class PlanChangesTest extends PlanFixture {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  PlanChangesTest() {
    super(DATABASE);
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
}
