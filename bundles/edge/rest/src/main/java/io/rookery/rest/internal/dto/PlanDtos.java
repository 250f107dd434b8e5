// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscription.Allowed;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is said of plans and who has which. */
public final class PlanDtos {

  private PlanDtos() {}

  /** A plan. */
  @Schema(name = "Plan")
  public record PlanView(
      String code, String name, int rank, boolean offered, LimitsView limits, PriceView price) {

    /** Shows a plan. */
    public static PlanView of(Plan p) {
      return new PlanView(
          p.code(),
          p.name(),
          p.rank(),
          p.offered(),
          LimitsView.of(p.limits()),
          PriceView.of(p.price()));
    }
  }

  /** How much a plan gives; null is without limit. */
  @Schema(name = "PlanLimits")
  public record LimitsView(
      @Schema(description = "In a month; null for no limit") Long emails,
      @Schema(description = "null for no limit") Long users,
      @Schema(description = "null for no limit") Long workspaces,
      @Schema(description = "null for no limit") Long domains,
      @Schema(description = "Of each key", requiredMode = Schema.RequiredMode.REQUIRED)
          Long requestsPerMinute,
      @Schema(description = "Of each key, at once", requiredMode = Schema.RequiredMode.REQUIRED)
          Long requestBurst) {

    static LimitsView of(Map<Entitlement, Long> limits) {
      return new LimitsView(
          limits.get(Entitlement.EMAILS),
          limits.get(Entitlement.USERS),
          limits.get(Entitlement.WORKSPACES),
          limits.get(Entitlement.DOMAINS),
          limits.get(Entitlement.REQUESTS_PER_MINUTE),
          limits.get(Entitlement.REQUEST_BURST));
    }

    Map<Entitlement, Long> toLimits() {
      Map<Entitlement, Long> limits = new EnumMap<>(Entitlement.class);
      limits.put(Entitlement.EMAILS, emails);
      limits.put(Entitlement.USERS, users);
      limits.put(Entitlement.WORKSPACES, workspaces);
      limits.put(Entitlement.DOMAINS, domains);
      limits.put(Entitlement.REQUESTS_PER_MINUTE, requestsPerMinute);
      limits.put(Entitlement.REQUEST_BURST, requestBurst);
      limits.values().removeIf(limit -> limit == null);
      return limits;
    }
  }

  /** What a plan costs. */
  @Schema(name = "PlanPrice")
  public record PriceView(
      @Schema(description = "Three letters (ISO 4217)") String currency,
      @Schema(description = "For a month, in the currency's smallest unit") Long month,
      @Schema(description = "For a year, in the currency's smallest unit") Long year) {

    static PriceView of(Plan.Price p) {
      return p == null ? null : new PriceView(p.currency(), p.month(), p.year());
    }
  }

  /** What a plan shall be. */
  @Schema(name = "PlanRequest")
  public record PlanRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String name,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) Integer rank,
      @Schema(description = "Whether tenants may choose it; true without") Boolean offered,
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) LimitsView limits,
      PriceView price) {

    /** Returns it for the service. */
    public Plan toPlan(String code) {
      Checks checks =
          new Checks().text("/name", name).given("/rank", rank).given("/limits", limits);
      if (price != null) {
        checks
            .text("/price/currency", price.currency())
            .given("/price/month", price.month())
            .given("/price/year", price.year());
      }
      checks.done();
      return new Plan(
          code,
          name,
          rank,
          offered == null || offered,
          limits.toLimits(),
          price == null ? null : new Plan.Price(price.currency(), price.month(), price.year()));
    }
  }

  /** Which plan a tenant has and what that gives it. */
  @Schema(name = "Subscription")
  public record SubscriptionView(
      UUID tenantId,
      PlanView plan,
      Interval interval,
      Instant since,
      Instant periodEndsAt,
      String nextPlan,
      Interval nextInterval,
      List<EntitlementView> entitlements) {

    /** Shows a subscription. */
    public static SubscriptionView of(Subscription s) {
      return new SubscriptionView(
          s.tenantId(),
          PlanView.of(s.plan()),
          s.interval(),
          s.since(),
          s.periodEndsAt(),
          s.nextPlan(),
          s.nextInterval(),
          s.entitlements().stream().map(EntitlementView::of).toList());
    }
  }

  /** How much a tenant may make of something, and has; null is without limit or not counted. */
  @Schema(name = "Entitlement")
  public record EntitlementView(
      Entitlement entitlement, Long limit, Long used, boolean overridden) {

    static EntitlementView of(Allowed a) {
      return new EntitlementView(a.entitlement(), a.limit(), a.used(), a.overridden());
    }
  }

  /** Which plan is wanted. */
  @Schema(name = "SubscriptionRequest")
  public record SubscriptionRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) String plan,
      @Schema(description = "How long a period is to be; as it is, or a month, without")
          Interval interval) {

    /** Returns the plan's code. */
    public String code() {
      new Checks().text("/plan", plan).done();
      return plan;
    }
  }

  /** A tenant's limit in place of its plan's. */
  @Schema(name = "EntitlementRequest")
  public record EntitlementRequest(@Schema(description = "null for no limit") Long limit) {}
}
