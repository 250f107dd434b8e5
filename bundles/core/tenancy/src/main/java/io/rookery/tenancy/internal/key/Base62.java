// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.key;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.zip.CRC32;

/**
 * Texts of a known beginning, random characters of base 62 and a check of 6 more, the CRC-32 of all
 * before, by which what is not one is told without a look into the database.
 */
public final class Base62 {

  private static final String ALPHABET =
      "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  private static final int CHECK_LENGTH = 6;
  private static final SecureRandom RANDOM = new SecureRandom();

  private Base62() {}

  /** Makes a text with so many random characters, of 5.95 bits each. */
  public static String create(String prefix, int random) {
    StringBuilder text = new StringBuilder(prefix.length() + random + CHECK_LENGTH).append(prefix);
    for (int i = 0; i < random; i++) {
      text.append(ALPHABET.charAt(RANDOM.nextInt(ALPHABET.length())));
    }
    return text.append(check(text)).toString();
  }

  /** Returns whether a text is written like one that was made, and its check is right. */
  public static boolean wellFormed(String text, String prefix, int random) {
    int end = prefix.length() + random;
    if (text.length() != end + CHECK_LENGTH || !text.startsWith(prefix)) {
      return false;
    }
    for (int i = prefix.length(); i < text.length(); i++) {
      if (ALPHABET.indexOf(text.charAt(i)) < 0) {
        return false;
      }
    }
    return check(text.substring(0, end)).contentEquals(text.substring(end));
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
