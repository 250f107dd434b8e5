// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

class RateCapTest {

  private static final long MILLI = 1_000_000;

  @Test
  void callersShouldBeLetThroughEvenly() {
    RateCap cap = new RateCap(0);
    assertEquals(0, cap.turn(0, 100));
    assertEquals(10 * MILLI, cap.turn(0, 100));
    assertEquals(20 * MILLI, cap.turn(5 * MILLI, 100));
  }

  @Test
  void timeWithoutCallersShouldNotBeMadeUpFor() {
    RateCap cap = new RateCap(0);
    cap.turn(0, 100);
    assertEquals(500 * MILLI, cap.turn(500 * MILLI, 100));
    assertEquals(510 * MILLI, cap.turn(500 * MILLI, 100));
  }
}
