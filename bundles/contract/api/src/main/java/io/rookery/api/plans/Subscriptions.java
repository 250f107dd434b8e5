// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.plans;

import io.rookery.api.plans.Subscription.Interval;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.ErrorCode.Kind;
import io.rookery.kernel.TenantContext;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Which plan tenants have. A tenant that chose none has the platform's default plan; the operator's
 * own tenant is not limited. A change takes hold within two seconds on every node. Thread-safe.
 */
@ProviderType
public interface Subscriptions {

  /** A tenant has more than the plan that it is to change to gives. */
  ErrorCode OVER_LIMITS = new ErrorCode("plan_limits_exceeded", Kind.CONFLICT);

  /** Returns the context's subscription. */
  Subscription get(TenantContext context);

  /**
   * Changes the context's own plan: to a higher one at once, to a lower one or another interval
   * with the next period. To name the present plan and interval withdraws a change that is due.
   * Leaves {@code subscription.changed}, {@code subscription.change_scheduled} or {@code
   * subscription.change_withdrawn} in the tenant's log. At most once per idempotency key of the
   * context.
   *
   * @param interval how long a period is to be, or null for the present one, or a month
   * @throws io.rookery.kernel.RookeryException {@code validation_failed} where the plan is not
   *     offered, {@link #OVER_LIMITS} naming all that is over
   */
  Subscription change(TenantContext context, String plan, Interval interval);

  /**
   * Gives a tenant a plan at once, whether offered or not: what it has beyond the limits stays,
   * more is refused. Leaves {@code subscription.changed} in the tenant's log and the operator's.
   * Repeating changes nothing.
   *
   * @throws io.rookery.kernel.RookeryException {@code forbidden} where the context is not the
   *     operator's, {@code not_found} where there is no such tenant, {@code validation_failed}
   *     where there is no such plan, {@code wrong_state} for the operator's own tenant
   */
  Subscription assign(TenantContext operator, UUID tenantId, String plan, Interval interval);

  /** Returns a tenant's subscription; fails as {@link #assign} does. */
  Subscription get(TenantContext operator, UUID tenantId);

  /**
   * Sets a tenant's limit in place of its plan's, whichever plan it has. Leaves {@code
   * entitlement.overridden} in the tenant's log and the operator's. Repeating changes nothing.
   *
   * @param limit from 0, for requests from 1; null for no limit, which requests cannot be without
   * @throws io.rookery.kernel.RookeryException as {@link #assign}
   */
  Subscription override(TenantContext operator, UUID tenantId, Entitlement entitlement, Long limit);

  /**
   * Lets the plan's own limit hold again. Leaves {@code entitlement.override_removed} in both logs.
   * Repeating changes nothing; fails as {@link #assign} does.
   */
  Subscription removeOverride(TenantContext operator, UUID tenantId, Entitlement entitlement);
}
