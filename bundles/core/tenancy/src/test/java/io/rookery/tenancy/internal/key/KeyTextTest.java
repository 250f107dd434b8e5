// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.key;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.kernel.TenantContext.Mode;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KeyTextTest {

  @Test
  void keysShouldBeWellFormedAndDifferent() {
    Set<String> keys = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      String key = KeyText.create(i % 2 == 0 ? Mode.LIVE : Mode.TEST);
      assertThat(key).matches("rky_(live|test)_[0-9A-Za-z]{38}");
      assertThat(KeyText.wellFormed(key)).isTrue();
      keys.add(key);
    }
    assertThat(keys).hasSize(1000);
  }

  @Test
  void checkShouldBeTheCrcInBaseSixtyTwo() {
    // CRC-32 of all before is 2072598572, computed apart.
    String key = "rky_live_" + "0".repeat(32) + "2GGPZE";
    assertThat(KeyText.wellFormed(key)).isTrue();
  }

  @Test
  void anyChangedCharacterShouldBeNoticed() {
    String key = KeyText.create(Mode.LIVE);
    for (int i = 0; i < key.length(); i++) {
      char other = key.charAt(i) == 'a' ? 'b' : 'a';
      String changed = key.substring(0, i) + other + key.substring(i + 1);
      assertThat(KeyText.wellFormed(changed)).as(changed).isFalse();
    }
    assertThat(KeyText.wellFormed(key.replace("live", "test"))).isFalse();
    assertThat(KeyText.wellFormed(key.substring(1))).isFalse();
    assertThat(KeyText.wellFormed(key.substring(0, 46) + "-")).isFalse();
  }
}
