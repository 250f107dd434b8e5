// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RampTest {

  private static final Instant START = Instant.parse("2026-03-01T09:30:00Z");

  static List<Ramp> ramps() {
    return List.of(
        Ramp.STANDARD,
        Ramp.FAST,
        Ramp.SLOW,
        new Ramp(1, 1_000_000, 365),
        new Ramp(1, 1_000_000, 7),
        new Ramp(7, 7, 30),
        new Ramp(999_999, 1_000_000, 200),
        new Ramp(3, 4, 2),
        new Ramp(1, 1024, 11));
  }

  /**
   * By another way than the product's: the root is tried with forty digits, so that a limit is
   * right exactly if the formula's value is above the limit before it and not above itself.
   */
  @ParameterizedTest
  @MethodSource("ramps")
  void everyDayShouldHaveTheLeastWholeNumberThatTheFormulaDoesNotPass(Ramp ramp) {
    for (int day = 1; day <= ramp.days(); day++) {
      double exact =
          ramp.from()
              * Math.pow((double) ramp.to() / ramp.from(), (day - 1) / (double) (ramp.days() - 1));
      int limit = ramp.limit(day);
      assertThat((double) limit).as("day " + day).isBetween(exact - 1e-6, exact + 1 + 1e-6);
      assertThat(reaches(ramp, day, limit)).as("day %s reaches %s", day, limit).isTrue();
      assertThat(reaches(ramp, day, limit - 1)).as("day %s before %s", day, limit).isFalse();
    }
  }

  private static boolean reaches(Ramp ramp, int day, int limit) {
    MathContext digits = new MathContext(3000);
    int all = ramp.days() - 1;
    BigDecimal left = new BigDecimal(limit).pow(all, digits);
    BigDecimal right =
        new BigDecimal(ramp.from())
            .pow(all - (day - 1), digits)
            .multiply(new BigDecimal(ramp.to()).pow(day - 1, digits), digits);
    return left.compareTo(right) >= 0;
  }

  @ParameterizedTest
  @MethodSource("ramps")
  void theFirstAndTheLastDayShouldBeExactAndNoDayLowerThanTheOneBefore(Ramp ramp) {
    assertThat(ramp.limit(1)).isEqualTo(ramp.from());
    assertThat(ramp.limit(ramp.days())).isEqualTo(ramp.to());
    for (int day = 2; day <= ramp.days(); day++) {
      assertThat(ramp.limit(day)).isGreaterThanOrEqualTo(ramp.limit(day - 1));
    }
  }

  /** Where floating point gives 2^k and a bit, its ceiling is one too many. */
  @Test
  void whereTheFormulaMeetsAWholeNumberTheLimitShouldBeThatNumber() {
    Ramp doubling = new Ramp(1, 1024, 11);
    for (int day = 1; day <= 11; day++) {
      assertThat(doubling.limit(day)).isEqualTo(1 << (day - 1));
    }
    assertThat(new Ramp(5, 3125, 5).limit(3)).isEqualTo(125);
    assertThat(new Ramp(1, 1_000_000, 7).limit(4)).isEqualTo(1000);
  }

  @ParameterizedTest
  @CsvSource({
    "standard, 1, 10",
    "standard, 2, 12",
    "standard, 21, 68",
    "standard, 41, 455",
    "standard, 42, 500",
    "fast, 1, 20",
    "fast, 14, 132",
    "fast, 28, 1000",
    "slow, 1, 5",
    "slow, 28, 38",
    "slow, 56, 300"
  })
  void thePlansShouldHaveTheirFigures(String plan, int day, int limit) {
    assertThat(Ramp.parse(plan).orElseThrow().limit(day)).isEqualTo(limit);
  }

  @Test
  void daysShouldTurnEvery24HoursFromTheStart() {
    Ramp ramp = Ramp.STANDARD;
    assertThat(ramp.day(START, START)).isEqualTo(1);
    assertThat(ramp.day(START, START.plus(Duration.ofHours(24)).minusNanos(1))).isEqualTo(1);
    assertThat(ramp.day(START, START.plus(Duration.ofHours(24)))).isEqualTo(2);
    assertThat(ramp.day(START, START.minusSeconds(90_000))).isEqualTo(1);
  }

  @Test
  void theLimitShouldBeTheSmallerOneUntilTheRampIsOver() {
    SendingLimit first = SendingLimit.at(50, Ramp.STANDARD, START, START);
    assertThat(first).isEqualTo(new SendingLimit(10, 1, START.plus(Duration.ofDays(1))));
    Instant last = START.plus(Duration.ofDays(41));
    assertThat(SendingLimit.at(50, Ramp.STANDARD, START, last).messages()).isEqualTo(50);
    assertThat(SendingLimit.at(900, Ramp.STANDARD, START, last).messages()).isEqualTo(500);
    Instant over = START.plus(Duration.ofDays(42));
    assertThat(SendingLimit.at(900, Ramp.STANDARD, START, over)).isEqualTo(SendingLimit.of(900));
    assertThat(SendingLimit.at(900, null, null, over)).isEqualTo(SendingLimit.of(900));
  }

  @Test
  void textsShouldNameRampsOrNone() {
    assertThat(Ramp.parse(" Fast ")).contains(Ramp.FAST);
    assertThat(Ramp.parse("10-500/42")).contains(Ramp.STANDARD);
    assertThat(Ramp.parse("3-40/20")).contains(new Ramp(3, 40, 20));
    for (String none : List.of("", "quick", "10-500", "0-5/10", "9-5/10", "1-5/1", "1-5/366")) {
      assertThat(Ramp.parse(none)).as(none).isEmpty();
    }
    assertThat(Ramp.SLOW.plan()).isEqualTo("slow");
    assertThat(new Ramp(1, 2, 3).plan()).isNull();
    assertThatThrownBy(() -> new Ramp(1, 1_000_001, 3)).hasMessageContaining("1,000,000");
  }

  @Test
  void theLastDayOfAtMostALimitShouldBeFound() {
    assertThat(Ramp.STANDARD.lastDayAtMost(250)).isEqualTo(34);
    assertThat(Ramp.STANDARD.limit(34)).isLessThanOrEqualTo(250);
    assertThat(Ramp.STANDARD.limit(35)).isGreaterThan(250);
    assertThat(Ramp.STANDARD.lastDayAtMost(3)).isEqualTo(1);
    assertThat(Ramp.STANDARD.lastDayAtMost(9999)).isEqualTo(42);
  }
}
