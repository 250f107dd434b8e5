// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people.totp;

import java.io.ByteArrayOutputStream;

/** Base32 (RFC 4648 §6) without padding, as authenticators take it. */
public final class Base32 {

  private static final String ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
  private static final int BITS = 5;

  private Base32() {}

  /** Writes bytes. */
  public static String write(byte[] bytes) {
    StringBuilder text = new StringBuilder();
    int held = 0;
    int bits = 0;
    for (byte next : bytes) {
      held = held << Byte.SIZE | next & 0xff;
      bits += Byte.SIZE;
      while (bits >= BITS) {
        bits -= BITS;
        text.append(ALPHABET.charAt(held >> bits & 31));
      }
      held &= (1 << bits) - 1;
    }
    if (bits > 0) {
      text.append(ALPHABET.charAt(held << BITS - bits & 31));
    }
    return text.toString();
  }

  /** Reads what was written. */
  public static byte[] read(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int held = 0;
    int bits = 0;
    for (char next : text.toCharArray()) {
      int value = ALPHABET.indexOf(next);
      if (value < 0) {
        throw new IllegalArgumentException("Not base32");
      }
      held = held << BITS | value;
      bits += BITS;
      if (bits >= Byte.SIZE) {
        bits -= Byte.SIZE;
        bytes.write(held >> bits);
      }
      held &= (1 << bits) - 1;
    }
    return bytes.toByteArray();
  }
}
