// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Subscription.Interval;
import java.time.Instant;

/**
 * What a tenant chose.
 *
 * @param since since when it has the plan
 * @param anchor from when its periods are counted
 * @param nextPlan the plan that follows, or null; then the interval and the moment are null, too
 */
record SubscriptionRow(
    String plan,
    Interval interval,
    Instant since,
    Instant anchor,
    String nextPlan,
    Interval nextInterval,
    Instant dueAt,
    long version) {

  /** Returns this with another plan from a moment on and nothing due. */
  SubscriptionRow changed(String newPlan, Interval newInterval, Instant now) {
    Instant from = newInterval == interval ? anchor : now;
    return new SubscriptionRow(newPlan, newInterval, now, from, null, null, null, version + 1);
  }

  /** Returns this with a change that is due. */
  SubscriptionRow due(String newPlan, Interval newInterval, Instant at) {
    return new SubscriptionRow(
        plan, interval, since, anchor, newPlan, newInterval, at, version + 1);
  }

  /** Returns whether a change is due. */
  boolean dueBy(Instant now) {
    return dueAt != null && !dueAt.isAfter(now);
  }
}
