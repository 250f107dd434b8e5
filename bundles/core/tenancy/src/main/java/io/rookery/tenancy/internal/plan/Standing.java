// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Plan;
import java.util.Map;
import java.util.Optional;

/**
 * What a tenant may make: its plan and the limits that the operator set in place of the plan's.
 *
 * @param chosen false where the plan is the platform's default one
 * @param limited false for the operator's own tenant
 */
record Standing(
    Plan plan, boolean chosen, Map<Entitlement, Optional<Long>> overrides, boolean limited) {

  /** Returns how much the tenant may make of something, or empty where that is not limited. */
  Optional<Long> limit(Entitlement entitlement) {
    if (!limited) {
      return Optional.empty();
    }
    Optional<Long> override = overrides.get(entitlement);
    return override != null ? override : Optional.ofNullable(plan.limits().get(entitlement));
  }

  boolean overridden(Entitlement entitlement) {
    return overrides.containsKey(entitlement);
  }

  /** Returns this with another plan. */
  Standing with(Plan other) {
    return new Standing(other, true, overrides, limited);
  }
}
