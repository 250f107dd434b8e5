// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.plans;

import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Which plan a tenant has and what that gives it.
 *
 * @param tenantId whose it is
 * @param plan the plan
 * @param interval how long a period is; null where the tenant has the platform's default plan
 * @param since since when it has the plan; null with the default plan
 * @param periodEndsAt when the present period ends; null with the default plan
 * @param nextPlan the code of the plan that follows with the next period, or null
 * @param nextInterval how long a period is then, or null
 * @param entitlements how much it may make of what, one of each
 */
public record Subscription(
    UUID tenantId,
    Plan plan,
    Interval interval,
    Instant since,
    Instant periodEndsAt,
    String nextPlan,
    Interval nextInterval,
    List<Allowed> entitlements) {

  /** Copies the list. */
  public Subscription {
    entitlements = List.copyOf(entitlements);
  }

  /** How long a period of a subscription is. */
  public enum Interval {
    MONTH,
    YEAR
  }

  /**
   * How much a tenant may make of something.
   *
   * @param limit how much, or null where it is not limited
   * @param used how much there is now, or null where nobody counts it
   * @param overridden whether the operator has set the limit for this tenant
   */
  public record Allowed(Entitlement entitlement, Long limit, Long used, boolean overridden) {}
}
