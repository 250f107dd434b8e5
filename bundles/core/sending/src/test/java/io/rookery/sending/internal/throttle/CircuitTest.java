// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.sending.internal.throttle.Circuit.Pass;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CircuitTest {

  private static final long SECOND = 1_000_000_000L;

  private long now = 7 * SECOND;
  private final Circuit<String> circuit = new Circuit<>(() -> now, () -> 0.5);

  @Test
  void failuresInARowShouldOpenIt() {
    IntStream.range(1, Circuit.FAILURES).forEach(i -> assertThat(circuit.failed()).isFalse());
    assertThat(circuit.enter()).isEqualTo(Pass.ALL);
    assertThat(circuit.failed()).isTrue();
    assertThat(circuit.enter()).isEqualTo(Pass.NONE);
  }

  @Test
  void aSuccessBetweenShouldKeepItClosed() {
    for (int i = 0; i < 20; i++) {
      circuit.failed();
      circuit.reached();
    }
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void failuresFarApartShouldKeepItClosed() {
    for (int i = 0; i < 20; i++) {
      circuit.failed();
      now += Circuit.SPAN + 1;
    }
    assertThat(circuit.isOpen()).isFalse();
  }

  @Test
  void oneLaneThatRestsEverLongerShouldOpenItByItself() {
    int failures = 0;
    for (int rest = 5; !circuit.isOpen() && failures < 20; rest *= 2) {
      circuit.failed();
      failures++;
      now += rest * SECOND;
    }
    assertThat(failures).isEqualTo(Circuit.FAILURES);
  }

  @Test
  void oneAtATimeShouldTryWhetherItIsBack() {
    open();
    now += SECOND;
    assertThat(circuit.enter()).isEqualTo(Pass.TRY);
    assertThat(circuit.enter()).isEqualTo(Pass.NONE);
    circuit.failed();
    circuit.tried();
    assertThat(circuit.enter()).isEqualTo(Pass.NONE);
    now += SECOND;
    assertThat(circuit.enter()).isEqualTo(Pass.TRY);
    circuit.reached();
    circuit.tried();
    assertThat(circuit.enter()).isEqualTo(Pass.ALL);
    assertThat(circuit.failed()).isFalse();
  }

  @Test
  void triesShouldBecomeRarerUpToOneAMinute() {
    open();
    for (int rest : new int[] {1, 1, 1, 1, 1, 1, 2, 4, 8, 16, 32, 60, 60}) {
      now += rest * SECOND - 1;
      assertThat(circuit.enter()).isEqualTo(Pass.NONE);
      now += 1;
      assertThat(circuit.enter()).isEqualTo(Pass.TRY);
      circuit.failed();
      circuit.tried();
    }
  }

  @Test
  void whoWaitsShouldBeCalledOneByOneAndAllOnceItIsBack() {
    open();
    circuit.await("a");
    circuit.await("b");
    circuit.await("c");
    assertThat(circuit.takeReady()).isEmpty();
    now += SECOND;
    assertThat(circuit.takeReady()).containsExactly("a");
    assertThat(circuit.takeReady()).isEmpty();
    assertThat(circuit.enter()).isEqualTo(Pass.TRY);
    circuit.reached();
    circuit.tried();
    assertThat(circuit.takeReady()).containsExactly("b", "c");
  }

  @Test
  void whoIsCalledAndDoesNotComeShouldMakePlaceForAnother() {
    open();
    circuit.await("a");
    circuit.await("b");
    now += SECOND;
    assertThat(circuit.takeReady()).containsExactly("a");
    now += 5 * SECOND;
    assertThat(circuit.takeReady()).containsExactly("b");
  }

  private void open() {
    IntStream.range(0, Circuit.FAILURES).forEach(i -> circuit.failed());
    assertThat(circuit.isOpen()).isTrue();
  }
}
