// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.returnpath;

/** Reads bits from base32 digits (RFC 4648 §6) in either case. */
final class Base32Reader {

  private static final int DIGIT = 5;

  private final String text;
  private int position;
  private int pending;
  private int kept;

  /** Reads from a position of a text on. */
  Base32Reader(String text, int from) {
    this.text = text;
    this.position = from;
  }

  /** Returns whether all characters from a position on are digits. */
  static boolean isBase32(String text, int from) {
    for (int i = from; i < text.length(); i++) {
      if (value(text.charAt(i)) < 0) {
        return false;
      }
    }
    return true;
  }

  /** Returns the next bits, 1 to 64; there have to be that many. */
  long take(int bits) {
    long value = 0;
    for (int left = bits; left > 0; ) {
      if (kept == 0) {
        pending = value(text.charAt(position++));
        kept = DIGIT;
      }
      int taken = Math.min(kept, left);
      kept -= taken;
      left -= taken;
      value = value << taken | pending >>> kept & (1 << taken) - 1;
    }
    return value;
  }

  private static int value(char c) {
    if (c >= 'a' && c <= 'z') {
      return c - 'a';
    }
    if (c >= 'A' && c <= 'Z') {
      return c - 'A';
    }
    return c >= '2' && c <= '7' ? c - '2' + 26 : -1;
  }
}
