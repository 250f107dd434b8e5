// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.key;

import io.rookery.kernel.TenantContext.Mode;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * How an API key is written: {@code rky_live_} or {@code rky_test_}, 32 random characters of base
 * 62 (190 bits), and the CRC-32 of all before in 6 characters of base 62, by which a key that is
 * not one is told without a look into the database.
 */
public final class KeyText {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final String LIVE = "rky_live_";
  private static final String TEST = "rky_test_";
  private static final int RANDOM_LENGTH = 32;
  private static final int CHECK_LENGTH = 6;
  private static final int LENGTH = LIVE.length() + RANDOM_LENGTH + CHECK_LENGTH;
  private static final int HINT_LENGTH = 4;
  private static final SecureRandom RANDOM = new SecureRandom();

  private KeyText() {}

  /** Makes a new key. */
  public static String create(Mode mode) {
    StringBuilder key = new StringBuilder(LENGTH).append(mode == Mode.LIVE ? LIVE : TEST);
    for (int i = 0; i < RANDOM_LENGTH; i++) {
      key.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return key.append(check(key)).toString();
  }

  /** Returns whether a text is written as a key and its check is right. */
  public static boolean wellFormed(String text) {
    if (text.length() != LENGTH || !(text.startsWith(LIVE) || text.startsWith(TEST))) {
      return false;
    }
    for (int i = LIVE.length(); i < LENGTH; i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    int end = LENGTH - CHECK_LENGTH;
    return check(text.substring(0, end)).contentEquals(text.substring(end));
  }

  /** Returns the characters by which people tell keys apart. */
  public static String hint(String key) {
    return key.substring(key.length() - HINT_LENGTH);
  }

  private static String check(CharSequence text) {
    CRC32 crc = new CRC32();
    crc.update(text.toString().getBytes(StandardCharsets.US_ASCII));
    char[] check = new char[CHECK_LENGTH];
    long rest = crc.getValue();
    for (int i = CHECK_LENGTH - 1; i >= 0; i--) {
      check[i] = ALPHABET.charAt((int) (rest % ALPHABET.length()));
      rest /= ALPHABET.length();
    }
    return new String(check);
  }
}
