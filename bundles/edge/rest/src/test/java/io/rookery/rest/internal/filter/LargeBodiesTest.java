// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LargeBodiesTest {

  private final LargeBodies places = new LargeBodies(1, true);

  @Test
  void aPlaceShouldBeGivenBackOnce() {
    LargeBodies.Place place = places.take();
    assertThat(places.free()).isZero();
    place.close();
    place.close();
    assertThat(places.free()).isEqualTo(1);
  }

  /** As where an error, such as a lack of memory, ends a request without an answer. */
  @Test
  void aPlaceThatNobodyHoldsAnyMoreShouldComeBack() {
    lose();
    System.gc();
    assertThat(places.take()).isNotNull();
  }

  private void lose() {
    assertThat(places.take()).isNotNull();
  }
}
