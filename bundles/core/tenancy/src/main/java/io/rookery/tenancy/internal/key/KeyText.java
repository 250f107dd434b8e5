// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.key;

import io.rookery.kernel.TenantContext.Mode;

/**
 * How an API key is written: {@code rky_live_} or {@code rky_test_}, 32 random characters of base
 * 62 (190 bits), and a check in 6 more.
 */
public final class KeyText {

  private static final String LIVE = "rky_live_";
  private static final String TEST = "rky_test_";
  private static final int RANDOM_LENGTH = 32;
  private static final int HINT_LENGTH = 4;

  private KeyText() {}

  /** Makes a new key. */
  public static String create(Mode mode) {
    return Base62.create(mode == Mode.LIVE ? LIVE : TEST, RANDOM_LENGTH);
  }

  /** Returns whether a text is written as a key and its check is right. */
  public static boolean wellFormed(String text) {
    return Base62.wellFormed(text, LIVE, RANDOM_LENGTH)
        || Base62.wellFormed(text, TEST, RANDOM_LENGTH);
  }

  /** Returns the characters by which people tell keys apart. */
  public static String hint(String key) {
    return key.substring(key.length() - HINT_LENGTH);
  }
}
