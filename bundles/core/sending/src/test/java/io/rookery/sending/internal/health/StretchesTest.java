// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bounds of automatic pauses, each a message before it and at it. */
class StretchesTest {

  private static final Instant NOW = Instant.parse("2026-03-31T12:20:00Z");
  private final Stretches stretches = new Stretches(null, Map.of());

  @ParameterizedTest
  @CsvSource({
    "999, 3, false",
    "1000, 2, false",
    "1000, 3, true",
    "2999, 3, true",
    "3000, 3, false",
    "3001, 3, false",
    "3999, 4, true",
    "4000, 4, false",
    "1000000, 1000, false",
    "1000000, 1001, true",
    "999, 900, false"
  })
  void complaintsShouldBeTooManyExactlyBeyondTheirBound(long sent, long complained, boolean over) {
    stretches.add(NOW, new Counts(sent, 0, complained));
    assertThat(passed()).isEqualTo(over ? Optional.of(Bound.COMPLAINTS) : Optional.empty());
  }

  @ParameterizedTest
  @CsvSource({
    "199, 11, false",
    "199, 199, false",
    "200, 9, false",
    "200, 10, false",
    "200, 11, true",
    "219, 11, true",
    "220, 11, false",
    "221, 11, false",
    "10000, 500, false",
    "10000, 501, true"
  })
  void bouncesShouldBeTooManyExactlyBeyondTheirBound(long sent, long bounced, boolean over) {
    stretches.add(NOW, new Counts(sent, bounced, 0));
    assertThat(passed()).isEqualTo(over ? Optional.of(Bound.BOUNCES) : Optional.empty());
  }

  /** Nine bounces are more than 5 % of 179 messages; nothing but the bound of ten holds them. */
  @Test
  void nineBouncesShouldNeverBeTooMany() {
    assertThat(Bound.BOUNCES.passedBy(new Counts(200, 9, 0))).isFalse();
    assertThat(Bound.BOUNCES.least()).isEqualTo(10);
    assertThat(Bound.COMPLAINTS.least()).isEqualTo(3);
  }

  @Test
  void aMessageThatIsSentWellShouldPassABoundWhereItIsTheTwoHundredth() {
    stretches.add(NOW, new Counts(199, 11, 0));
    assertThat(passed()).isEmpty();
    stretches.add(NOW, new Counts(1, 0, 0));
    assertThat(passed()).contains(Bound.BOUNCES);
  }

  @Test
  void whatIsSpreadOverDaysShouldBeJudgedInTheWindowThatHoldsIt() {
    for (int day = 0; day < 3; day++) {
      stretches.add(NOW.minus(Duration.ofDays(day)), new Counts(400, 0, 1));
    }
    assertThat(passed()).contains(Bound.COMPLAINTS);
  }

  @Test
  void whatWasSentWellBeforeShouldNotHideWhatIsWrongNow() {
    stretches.add(NOW.minus(Duration.ofDays(10)), new Counts(100_000, 0, 0));
    stretches.add(NOW, new Counts(1000, 0, 3));
    assertThat(passed()).contains(Bound.COMPLAINTS);
  }

  @ParameterizedTest
  @CsvSource({"719, true", "720, false"})
  void theWidestWindowShouldBeThirtyDaysInWholeHours(int hours, boolean over) {
    stretches.add(NOW.minus(Duration.ofHours(hours)), new Counts(600, 0, 2));
    stretches.add(NOW, new Counts(600, 0, 1));
    assertThat(passed()).isEqualTo(over ? Optional.of(Bound.COMPLAINTS) : Optional.empty());
  }

  @Test
  void countingShouldBeginAnewAtTheVeryMomentThatAPauseEnded() {
    Instant anew = NOW.minusSeconds(600);
    Instant hour = Instant.parse("2026-03-31T12:00:00Z");
    Stretches back = new Stretches(anew, Map.of(hour, new Counts(1000, 300, 10)));

    back.add(anew.minusNanos(1), new Counts(1000, 300, 10));
    assertThat(back.excess(anew.minusNanos(1))).isEmpty();
    assertThat(back.excess(NOW)).isEmpty();
    back.add(anew, new Counts(199, 10, 0));
    assertThat(back.excess(NOW)).isEmpty();
    back.add(NOW, new Counts(1, 1, 0));
    assertThat(back.excess(NOW).orElseThrow().counts()).isEqualTo(new Counts(200, 11, 0));
    assertThat(back.added())
        .containsOnly(
            Map.entry(hour, new Counts(1000, 300, 10)), Map.entry(anew, new Counts(200, 11, 0)));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0, 1",
    "10000, 0, 0, 1",
    "10000, 250, 0, 0.55",
    "10000, 500, 0, 0.1",
    "10000, 9999, 0, 0.1",
    "10000, 0, 5, 0.55",
    "1, 1, 0, 0.91",
    "10, 10, 0, 0.1"
  })
  void healthShouldFallFromOneToATenthAtTheBounds(long sent, long bad, long angry, double health) {
    assertThat(new Counts(sent, bad, angry).health()).isCloseTo(health, within(1e-9));
  }

  private Optional<Bound> passed() {
    return stretches.excess(NOW).map(Stretches.Excess::bound);
  }
}
