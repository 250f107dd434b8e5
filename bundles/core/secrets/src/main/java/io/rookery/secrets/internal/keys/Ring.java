// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.keys;

import io.rookery.api.secrets.PlatformKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The keys of one purpose.
 *
 * @param keys every key there ever was, by ascending id
 */
record Ring(List<Dated> keys) {

  private static final byte[] PROBE = "probe".getBytes(StandardCharsets.UTF_8);

  Ring {
    keys = List.copyOf(keys);
    if (keys.isEmpty()) {
      throw new IllegalArgumentException("A purpose has at least one key");
    }
  }

  /** Returns the newest key whose time has come; the first one's always has. */
  PlatformKey current(long nowMillis) {
    for (int i = keys.size() - 1; i > 0; i--) {
      if (keys.get(i).fromMillis() <= nowMillis) {
        return keys.get(i).key();
      }
    }
    return keys.get(0).key();
  }

  Optional<PlatformKey> find(int id) {
    return keys.stream().map(Dated::key).filter(key -> key.id() == id).findFirst();
  }

  /** Returns whether the keys that both rings have are the same. */
  boolean agreesWith(Ring other) {
    return keys.stream()
        .allMatch(
            dated ->
                other
                    .find(dated.key().id())
                    .map(key -> Arrays.equals(key.mac(PROBE), dated.key().mac(PROBE)))
                    .orElse(true));
  }

  /**
   * A key and when it begins to be used.
   *
   * @param fromMillis in milliseconds of the Unix clock
   */
  record Dated(PlatformKey key, long fromMillis) {}
}
