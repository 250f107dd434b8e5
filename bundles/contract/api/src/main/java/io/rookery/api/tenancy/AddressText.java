// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.regex.Pattern;

/** How IP addresses are written. */
final class AddressText {

  private static final int V4 = 4;
  private static final int V6 = 16;
  private static final int GROUPS = 8;

  /** No zeros in front, which some readers take for octal. */
  private static final Pattern DOTTED =
      Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(?:\\.(?!$)|$)){4}");

  /** Anything else with a colon would be refused by the JDK, but never be looked up as a name. */
  private static final Pattern COLONS = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

  private static final Pattern NUMBER = Pattern.compile("0|[1-9]\\d{0,2}");

  private AddressText() {}

  /** Reads an address to its 4 or 16 bytes, a mapped one still mapped; null where it is none. */
  static byte[] read(String text) {
    if (DOTTED.matcher(text).matches()) {
      byte[] bytes = new byte[V4];
      String[] parts = text.split("\\.");
      for (int i = 0; i < V4; i++) {
        bytes[i] = (byte) Integer.parseInt(parts[i]);
      }
      return bytes;
    }
    return COLONS.matcher(text).matches() ? readColons(text) : null;
  }

  /** The JDK turns a mapped address to IPv4 by itself, so it is mapped again. */
  private static byte[] readColons(String text) {
    try {
      byte[] bytes = InetAddress.getByName(text).getAddress();
      return bytes.length == V6 ? bytes : map(bytes);
    } catch (UnknownHostException e) {
      return null;
    }
  }

  private static byte[] map(byte[] four) {
    byte[] bytes = new byte[V6];
    bytes[10] = (byte) 0xff;
    bytes[11] = (byte) 0xff;
    System.arraycopy(four, 0, bytes, V6 - V4, V4);
    return bytes;
  }

  /** Reads a decimal number up to a limit; -1 where it is none. */
  static int number(String text, int most) {
    int number = NUMBER.matcher(text).matches() ? Integer.parseInt(text) : -1;
    return number > most ? -1 : number;
  }

  static boolean mapped(byte[] bytes) {
    return bytes.length == V6 && Arrays.equals(map(Arrays.copyOfRange(bytes, V6 - V4, V6)), bytes);
  }

  static byte[] unmapped(byte[] bytes) {
    return mapped(bytes) ? Arrays.copyOfRange(bytes, V6 - V4, V6) : bytes;
  }

  static String dotted(byte[] four) {
    StringBuilder text = new StringBuilder();
    for (byte part : four) {
      text.append(text.length() == 0 ? "" : ".").append(part & 0xff);
    }
    return text.toString();
  }

  /**
   * Writes lower-case groups with the first of the longest runs of zeros left out (RFC 5952 §4).
   */
  static String colons(byte[] sixteen) {
    int[] groups = new int[GROUPS];
    for (int i = 0; i < GROUPS; i++) {
      groups[i] = (sixteen[2 * i] & 0xff) << 8 | sixteen[2 * i + 1] & 0xff;
    }
    int start = -1;
    int length = 1;
    for (int i = 0; i < GROUPS; i++) {
      int run = run(groups, i);
      if (run > length) {
        start = i;
        length = run;
      }
    }
    return start < 0
        ? join(groups, 0, GROUPS)
        : join(groups, 0, start) + "::" + join(groups, start + length, GROUPS);
  }

  private static int run(int[] groups, int from) {
    int end = from;
    while (end < GROUPS && groups[end] == 0) {
      end++;
    }
    return end - from;
  }

  private static String join(int[] groups, int from, int to) {
    StringBuilder text = new StringBuilder();
    for (int i = from; i < to; i++) {
      text.append(i == from ? "" : ":").append(Integer.toHexString(groups[i]));
    }
    return text.toString();
  }
}
