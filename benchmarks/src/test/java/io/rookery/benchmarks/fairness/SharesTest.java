// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.fairness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.rookery.benchmarks.fairness.Shares.Span;
import io.rookery.benchmarks.ledger.LedgerLine;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SharesTest {

  private static final Map<String, Integer> WEIGHTS = Map.of("a1", 1, "a2", 1, "b1", 2);

  private final List<LedgerLine> lines = new ArrayList<>();

  private void sent(String slug, int count, long at) {
    for (int i = 0; i < count; i++) {
      lines.add(new LedgerLine(at, "1", slug + "-1-" + i + "@x.example", "-", "s@x.example"));
    }
  }

  @Test
  void whoGetsWhatTheWeightsSayShouldNotBeOff() {
    sent("a1", 100, 10);
    sent("a2", 100, 10);
    sent("b1", 200, 10);
    sent("b1", 900, 20);
    sent("urgent", 50, 10);

    Shares shares = Shares.of(lines, WEIGHTS, new Span(10, 20));

    assertThat(shares.all()).isEqualTo(400);
    assertThat(shares.worstClass()).isZero();
    assertThat(shares.worstTenant()).isZero();
    assertThat(shares.fineGrained()).isFalse();
  }

  @Test
  void aTenantThatIsOffShouldShowThoughItsClassIsNot() {
    sent("a1", 900, 10);
    sent("a2", 1_100, 10);
    sent("b1", 2_000, 10);

    Shares shares = Shares.of(lines, WEIGHTS, new Span(10, 20));

    assertThat(shares.worstClass()).isZero();
    assertThat(shares.worstTenant()).isCloseTo(0.1, within(1e-9));
    assertThat(shares.fineGrained()).isTrue();
  }

  @Test
  void equalPartsShouldBeFarFromWeights() {
    sent("a1", 100, 10);
    sent("a2", 100, 10);
    sent("b1", 100, 10);

    Shares shares = Shares.of(lines, WEIGHTS, new Span(10, 20));

    assertThat(shares.classes().get(1)).isCloseTo(4.0 / 3, within(1e-9));
    assertThat(shares.classes().get(2)).isCloseTo(2.0 / 3, within(1e-9));
    assertThat(shares.worstClass()).isCloseTo(1.0 / 3, within(1e-9));
  }
}
