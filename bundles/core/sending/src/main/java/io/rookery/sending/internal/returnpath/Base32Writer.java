// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.returnpath;

/** Writes bits as base32 digits (RFC 4648 §6), in lower case and without padding. */
final class Base32Writer {

  static final String DIGITS = "abcdefghijklmnopqrstuvwxyz234567";

  private static final int DIGIT = 5;

  private final StringBuilder text;
  private int pending;
  private int kept;

  Base32Writer(StringBuilder text) {
    this.text = text;
  }

  /** Writes the lowest bits of a value, 1 to 64, the highest of them first. */
  Base32Writer put(long value, int bits) {
    for (int left = bits; left > 0; ) {
      int taken = Math.min(DIGIT - kept, left);
      left -= taken;
      pending = pending << taken | (int) (value >>> left) & (1 << taken) - 1;
      kept += taken;
      if (kept == DIGIT) {
        text.append(DIGITS.charAt(pending));
        pending = 0;
        kept = 0;
      }
    }
    return this;
  }
}
