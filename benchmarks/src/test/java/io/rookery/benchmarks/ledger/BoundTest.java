// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class BoundTest {

  private static final long MILLI = 1_000_000;

  @Test
  void noMoreThanTheBoundShouldBeAdmitted() {
    Bound bound = new Bound(0);
    int admitted = 0;
    for (int i = 0; i < 10_000; i++) {
      admitted += bound.admits(i * MILLI, 50) ? 1 : 0;
    }
    assertEquals(500, admitted, 30);
  }

  @Test
  void whatComesMoreSlowlyShouldAllBeAdmitted() {
    Bound bound = new Bound(0);
    for (int i = 1; i < 100; i++) {
      assertTrue(bound.admits(i * 25 * MILLI, 50));
    }
  }

  @Test
  void withoutABoundAllShouldBeAdmitted() {
    Bound bound = new Bound(0);
    assertTrue(bound.admits(0, 0));
    assertFalse(bound.admits(0, 50));
  }
}
