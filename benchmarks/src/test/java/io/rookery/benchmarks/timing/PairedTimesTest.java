// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.timing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.benchmarks.timing.PairedTimes.Estimate;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PairedTimesTest {

  private static final int PAIRS = 400;

  /** A machine that grows ten times as slow, and one answer that takes longer by a little. */
  private static PairedTimes drifting(double longer, long seed) {
    Random random = new Random(seed);
    double[] known = new double[PAIRS];
    double[] unknown = new double[PAIRS];
    for (int i = 0; i < PAIRS; i++) {
      double slow = 1_000 + 9_000.0 * i / PAIRS;
      known[i] = slow + longer + 100 * random.nextGaussian();
      unknown[i] = slow + 100 * random.nextGaussian();
    }
    return new PairedTimes(known, unknown);
  }

  @Test
  void timesThatTellNothingShouldNearlyAlwaysBeTakenForThat() {
    int held = 0;
    for (int seed = 0; seed < 100; seed++) {
      Estimate auc = drifting(0, seed).auc();
      assertThat(auc.half()).isBetween(0.05, 0.07);
      held += auc.contains(0.5) ? 1 : 0;
    }
    assertThat(held).isGreaterThanOrEqualTo(95);
  }

  @Test
  void aSmallDifferenceShouldBeFoundThoughTheMachineGrowsSlower() {
    Estimate auc = drifting(40, 1).auc();
    assertThat(auc.contains(0.5)).isFalse();
    assertThat(auc.value()).isBetween(0.55, 0.7);
  }

  @Test
  void timesWithoutAPartnerShouldBeRefused() {
    assertThatThrownBy(() -> new PairedTimes(new double[1], new double[2]))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
