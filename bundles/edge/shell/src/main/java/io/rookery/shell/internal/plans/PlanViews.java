// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.plans;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import io.rookery.api.plans.Subscription;
import io.rookery.shell.internal.View;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** How the shell shows plans. */
final class PlanViews {

  static final View<Plan> PLAN =
      View.<Plan>empty()
          .column("code", Plan::code)
          .column("name", Plan::name)
          .column("rank", Plan::rank)
          .column("offered", Plan::offered)
          .column("limits", PlanViews::limits)
          .column("price", PlanViews::price);

  static final View<Subscription> SUBSCRIPTION =
      View.<Subscription>empty()
          .column("tenant_id", Subscription::tenantId)
          .column("plan", it -> it.plan().code())
          .column("interval", Subscription::interval)
          .column("since", Subscription::since)
          .column("period_ends_at", Subscription::periodEndsAt)
          .column("next_plan", Subscription::nextPlan)
          .column("entitlements", PlanViews::entitlements);

  private PlanViews() {}

  private static Map<String, Object> limits(Plan plan) {
    return Arrays.stream(Entitlement.values())
        .collect(
            Collectors.toMap(
                PlanViews::word,
                it -> limit(plan.limits().get(it)),
                (one, other) -> one,
                LinkedHashMap::new));
  }

  private static Object limit(Long limit) {
    return limit == null ? "unlimited" : limit;
  }

  private static String price(Plan plan) {
    Plan.Price price = plan.price();
    return price == null
        ? null
        : "%s %d.%02d a month, %d.%02d a year"
            .formatted(
                price.currency(),
                price.month() / 100,
                price.month() % 100,
                price.year() / 100,
                price.year() % 100);
  }

  private static Map<String, Object> entitlements(Subscription subscription) {
    Map<String, Object> shown = new LinkedHashMap<>();
    for (Subscription.Allowed allowed : subscription.entitlements()) {
      String used = allowed.used() == null ? "" : allowed.used() + " of ";
      String operators = allowed.overridden() ? " by the operator" : "";
      shown.put(word(allowed.entitlement()), used + limit(allowed.limit()) + operators);
    }
    return shown;
  }

  private static String word(Entitlement entitlement) {
    return entitlement.name().toLowerCase(Locale.ROOT);
  }
}
