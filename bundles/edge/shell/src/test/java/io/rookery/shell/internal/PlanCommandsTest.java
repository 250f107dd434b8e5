// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import io.rookery.api.plans.PlanService;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscription.Allowed;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.plans.Subscriptions;
import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.shell.internal.plans.PlanList;
import io.rookery.shell.internal.plans.PlanOverride;
import io.rookery.shell.internal.plans.PlanSet;
import io.rookery.shell.internal.plans.PlanShow;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about plans. */
class PlanCommandsTest {

  private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");
  private static final UUID ACME = new UUID(0, 2);
  private static final Plan STARTER =
      new Plan(
          "starter",
          "Starter",
          10,
          true,
          Map.of(Entitlement.DOMAINS, 5L),
          new Plan.Price("USD", 4900, 47005));
  private static final Subscription SUBSCRIPTION =
      new Subscription(
          ACME,
          STARTER,
          Interval.MONTH,
          NOON,
          NOON.plusSeconds(60),
          null,
          null,
          List.of(new Allowed(Entitlement.DOMAINS, 7L, 3L, true)));

  @TempDir Path directory;

  private final AtomicReference<Object> seen = new AtomicReference<>();
  private final TenantService tenants =
      Fake.of(TenantService.class)
          .on("operator", it -> TenantContext.of(new UUID(0, 1), (Actor) it[0]))
          .on(
              "find",
              it ->
                  Optional.of(
                      new Tenant(ACME, "acme", "Acme", null, Tenant.Status.ACTIVE, 1, NOON, 1)))
          .service();
  private final Subscriptions subscriptions =
      Fake.of(Subscriptions.class)
          .on("get", it -> SUBSCRIPTION)
          .on("assign", this::remember)
          .on("override", this::remember)
          .on("removeOverride", this::remember)
          .service();

  private Object remember(Object[] arguments) {
    seen.set(Arrays.asList(arguments).subList(1, arguments.length));
    return SUBSCRIPTION;
  }

  private Shell shell() {
    PlanService plans = Fake.of(PlanService.class).on("list", it -> List.of(STARTER)).service();
    return new Shell(directory, tenants, plans, subscriptions);
  }

  @Test
  void planListShouldShowWhatPlansGiveAndCost() throws Exception {
    assertThat(shell().run(PlanList.class))
        .contains("starter", "USD 49.00 a month, 470.05 a year", "domains=5", "users=unlimited");
    assertThat(shell().json(PlanList.class).at("/0/limits/domains").asLong()).isEqualTo(5);
  }

  @Test
  void planSetShouldGiveAPlan() throws Exception {
    JsonNode json = shell().json(PlanSet.class, "--interval", "year", "acme", "starter");
    assertThat(seen.get()).isEqualTo(List.of(ACME, "starter", Interval.YEAR));
    assertThat(json.path("plan").asText()).isEqualTo("starter");
    shell().run(PlanSet.class, "acme", "starter");
    assertThat(seen.get()).isEqualTo(Arrays.asList(ACME, "starter", null));
  }

  @Test
  void planShowShouldShowWhatIsUsed() throws Exception {
    assertThat(shell().run(PlanShow.class, "acme"))
        .contains(ACME.toString(), "3 of 7 by the operator");
  }

  @Test
  void planOverrideShouldSetAndTakeBackLimits() throws Exception {
    shell().run(PlanOverride.class, "acme", "domains", "7");
    assertThat(seen.get()).isEqualTo(List.of(ACME, Entitlement.DOMAINS, 7L));
    shell().run(PlanOverride.class, "acme", "domains", "unlimited");
    assertThat(seen.get()).isEqualTo(Arrays.asList(ACME, Entitlement.DOMAINS, null));
    shell().run(PlanOverride.class, "acme", "domains", "plan");
    assertThat(seen.get()).isEqualTo(List.of(ACME, Entitlement.DOMAINS));
    assertThatThrownBy(() -> shell().run(PlanOverride.class, "acme", "domains", "many"))
        .hasMessageContaining("many is no number");
    assertThatThrownBy(() -> shell().run(PlanOverride.class, "acme", "pigeons", "7"))
        .hasMessageContaining("domains");
  }
}
