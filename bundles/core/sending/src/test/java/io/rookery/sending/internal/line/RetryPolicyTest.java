// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class RetryPolicyTest {

  private static final Instant START = Instant.parse("2026-11-23T00:00:00Z");

  @Test
  void triesShouldComeFiveMinutesTimesOnePointThreeToTheNApart() {
    Instant end = START.plus(RetryPolicy.CAMPAIGN);

    assertThat(RetryPolicy.next(START, 0, end)).isEqualTo(START.plus(Duration.ofMinutes(5)));
    assertThat(RetryPolicy.next(START, 1, end)).isEqualTo(START.plus(Duration.ofSeconds(390)));
    assertThat(RetryPolicy.next(START, 2, end)).isEqualTo(START.plus(Duration.ofSeconds(507)));
  }

  @Test
  void triesShouldEndWhenTheMessageExpires() {
    Instant end = START.plus(RetryPolicy.CAMPAIGN);
    Instant now = START;
    int tries = 0;
    for (Instant next = now; next != null; next = RetryPolicy.next(now, tries++, end)) {
      now = next;
    }

    assertThat(now).isBefore(end).isAfter(START.plus(Duration.ofHours(70)));
    assertThat(tries).isBetween(15, 30);
  }

  @Test
  void anAccountShouldRestLongerEachTimeUpToAQuarterOfAnHour() {
    assertThat(RetryPolicy.rest(1)).isEqualTo(Duration.ofSeconds(5));
    assertThat(RetryPolicy.rest(2)).isEqualTo(Duration.ofSeconds(10));
    assertThat(RetryPolicy.rest(100)).isEqualTo(Duration.ofMinutes(15));
  }

  @Test
  void aLaneWithoutItsAccountShouldPauseShortlyAtFirstAndFiveSecondsAtMost() {
    assertThat(RetryPolicy.pause(1)).isEqualTo(Duration.ofMillis(100));
    assertThat(RetryPolicy.pause(3)).isEqualTo(Duration.ofMillis(400));
    assertThat(RetryPolicy.pause(7)).isEqualTo(Duration.ofSeconds(5));
    assertThat(RetryPolicy.pause(1_000)).isEqualTo(Duration.ofSeconds(5));
  }
}
