// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Subscription.Interval;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;

/**
 * Periods of subscriptions (UTC). Each is counted from the anchor, not from the one before: one
 * that begins on the 31st ends on the last day of shorter months, and on the 31st again after.
 */
final class Periods {

  private Periods() {}

  /** Returns the first end of a period after a moment. */
  static Instant endAfter(Instant anchor, Interval interval, Instant now) {
    ChronoUnit unit = interval == Interval.YEAR ? ChronoUnit.YEARS : ChronoUnit.MONTHS;
    LocalDateTime start = LocalDateTime.ofInstant(anchor, ZoneOffset.UTC);
    LocalDateTime present = LocalDateTime.ofInstant(now, ZoneOffset.UTC);
    long passed = Math.max(0, unit.between(start, present));
    LocalDateTime end = start.plus(passed, unit);
    while (!end.isAfter(present)) {
      passed++;
      end = start.plus(passed, unit);
    }
    return end.toInstant(ZoneOffset.UTC);
  }
}
