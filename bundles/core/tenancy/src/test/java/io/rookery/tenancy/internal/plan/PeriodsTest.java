// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.plans.Subscription.Interval;
import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PeriodsTest {

  @ParameterizedTest
  @CsvSource({
    "2026-01-31T10:00:00Z,MONTH,2026-01-31T10:00:00Z,2026-02-28T10:00:00Z",
    "2026-01-31T10:00:00Z,MONTH,2026-02-28T09:59:59Z,2026-02-28T10:00:00Z",
    "2026-01-31T10:00:00Z,MONTH,2026-02-28T10:00:00Z,2026-03-31T10:00:00Z",
    "2026-01-31T10:00:00Z,MONTH,2026-03-31T10:00:01Z,2026-04-30T10:00:00Z",
    "2026-01-31T10:00:00Z,MONTH,2031-12-31T23:00:00Z,2032-01-31T10:00:00Z",
    "2028-02-29T00:00:00Z,YEAR,2028-03-01T00:00:00Z,2029-02-28T00:00:00Z",
    "2028-02-29T00:00:00Z,YEAR,2029-02-28T00:00:00Z,2030-02-28T00:00:00Z",
    "2028-02-29T00:00:00Z,YEAR,2031-02-28T00:00:00Z,2032-02-29T00:00:00Z"
  })
  void aPeriodShouldEndOnTheDayOfItsAnchor(
      Instant anchor, Interval interval, Instant now, Instant end) {
    assertThat(Periods.endAfter(anchor, interval, now)).isEqualTo(end);
  }
}
