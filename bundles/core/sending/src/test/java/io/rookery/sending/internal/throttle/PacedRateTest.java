// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PacedRateTest {

  private static final long BEGIN = 1_000_000_000_000L;

  private final PacedRate rate = new PacedRate();
  private long now = BEGIN;

  @Test
  void aBurstOfRefusalsShouldHalveWhatWasTakenOnce() {
    for (int i = 0; i < 50; i++) {
      rate.refused(now + i * 100, now - 1000, 3000);
    }
    assertThat(rate.perMinute()).isEqualTo(1500);
    assertThat(rate.interval()).isEqualTo(40);
  }

  @Test
  void whatWasOnItsWayBeforeTheCutShouldNotCutAgain() {
    rate.refused(now, now - 1, 3000);
    assertThat(rate.refused(now + 60_000, now - 500, 3000)).isFalse();
    assertThat(rate.refused(now + 60_000, now + 500, 3000)).isTrue();
    assertThat(rate.perMinute()).isEqualTo(750);
  }

  @Test
  void theSlowestRateShouldBeOneAMinute() {
    for (int i = 0; i < 40; i++) {
      now += 301_000;
      rate.refused(now, now - 1, 0);
    }
    assertThat(rate.perMinute()).isEqualTo(1);
  }

  @Test
  void itShouldHoldForLongerWhileRefusalsGoOn() {
    assertThat(heldFor()).isEqualTo(30_000);
    assertThat(heldFor()).isEqualTo(60_000);
    assertThat(heldFor()).isEqualTo(120_000);
    assertThat(heldFor()).isEqualTo(240_000);
    assertThat(heldFor()).isEqualTo(300_000);
    assertThat(heldFor()).isEqualTo(300_000);
  }

  private long heldFor() {
    now += PacedRate.BURST;
    assertThat(rate.refused(now, now - 1, 600)).isTrue();
    return rate.state().holdUntil() - now;
  }

  @Test
  void itShouldRiseOnlyWithEvidence() {
    rate.refused(now, now - 1, 600);
    now += 60_000;
    assertThat(rate.rise(now)).isFalse();
    rate.accepted(BEGIN - 1);
    assertThat(rate.rise(now)).isFalse();
    rate.accepted(now);
    assertThat(rate.rise(now)).isTrue();
    assertThat(rate.perMinute()).isEqualTo(375);
    rate.accepted(now + 1);
    assertThat(rate.rise(now + PacedRate.STEP - 1)).isFalse();
    assertThat(rate.rise(now + PacedRate.STEP)).isTrue();
  }

  @Test
  void itShouldRiseForAsLongAsMailWaitsForIt() {
    rate.refused(now, now - 1, 600);
    assertThat(perMinuteAfter(30, true)).isEqualTo(375);
    assertThat(perMinuteAfter(15, true)).isEqualTo(468.75);
    assertThat(perMinuteAfter(15, true)).isEqualTo(703.125);
    assertThat(perMinuteAfter(15, true)).isEqualTo(1406.25);
    assertThat(perMinuteAfter(15, true)).isEqualTo(2812.5);
  }

  @Test
  void itShouldBeNoLimitOnceNoMailWaitsForIt() {
    rate.refused(now, now - 1, 600);
    assertThat(perMinuteAfter(30, false)).isEqualTo(375);
    assertThat(perMinuteAfter(15, true)).isEqualTo(468.75);
    assertThat(rate.limited()).isTrue();
    perMinuteAfter(15, false);
    assertThat(rate.limited()).isFalse();
    assertThat(rate.interval()).isZero();
  }

  private double perMinuteAfter(int seconds, boolean waits) {
    for (int i = 0; i < seconds; i++) {
      now += 1000;
      if (waits) {
        rate.waitedFor();
      }
      rate.accepted(now - 1);
      rate.rise(now);
    }
    return rate.perMinute();
  }

  @Test
  void aFirstCutShouldNotBeDeepWhereLittleIsKnown() {
    rate.refused(now, now - 1, 0);
    assertThat(rate.perMinute()).isEqualTo(60);
    now += PacedRate.BURST;
    rate.refused(now, now - 1, 0);
    assertThat(rate.perMinute()).isEqualTo(15);
  }

  @Test
  void itShouldRiseOverManyShortTurns() {
    rate.refused(now, now - 1, 600);
    PacedRate turn = rate;
    for (int i = 0; i < 90; i++) {
      now += 1000;
      turn.waitedFor();
      turn.accepted(now - 1);
      turn.rise(now);
      turn = PacedRate.of(turn.state(), now);
    }
    assertThat(turn.perMinute()).isEqualTo(2812.5);
  }

  @Test
  void itShouldGoOnFromWhatWasKept() {
    rate.refused(now, now - 1, 600);
    rate.reserve(now);
    PacedRate again = PacedRate.of(rate.state(), now + 5000);
    assertThat(again.limited()).isTrue();
    assertThat(again.perMinute()).isEqualTo(300);
    assertThat(again.nextAt(now)).isEqualTo(now + 200);
    assertThat(again.state().holdUntil()).isEqualTo(rate.state().holdUntil());
    assertThat(PacedRate.of(rate.state(), now + PacedRate.FORGOTTEN).limited()).isFalse();
  }
}
