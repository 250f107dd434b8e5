// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BoundedCacheTest {

  private final BoundedCache<Integer, String> cache = new BoundedCache<>(100);

  @Test
  void cacheShouldStayBounded() {
    for (int i = 0; i < 10_000; i++) {
      cache.put(i, "v" + i);
      assertThat(cache.size()).isLessThanOrEqualTo(102);
    }
    assertThat(cache.get(9_999)).isEqualTo("v9999");
    assertThat(cache.get(0)).isNull();
  }

  @Test
  void whatIsUsedShouldStay() {
    cache.put(-1, "used");
    for (int i = 0; i < 10_000; i++) {
      cache.put(i, "v");
      assertThat(cache.get(-1)).isEqualTo("used");
    }
  }

  @Test
  void removedShouldBeGoneFromBothGenerations() {
    for (int i = 0; i < 60; i++) {
      cache.put(i, "v");
    }
    cache.remove(1);
    cache.remove(59);
    cache.remove(77);
    assertThat(cache.get(1)).isNull();
    assertThat(cache.get(59)).isNull();
    assertThat(cache.get(2)).isEqualTo("v");
  }
}
