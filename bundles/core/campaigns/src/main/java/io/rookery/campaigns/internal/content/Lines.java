// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.content;

/** What becomes of line ends and other control characters. */
public final class Lines {

  private Lines() {}

  /** Returns whether a text has characters that may not stand in a header's line. */
  public static boolean breaks(String text) {
    return text.chars().anyMatch(Lines::control);
  }

  /** Returns a text on one line: each run of control characters becomes a space. */
  public static String single(String text) {
    if (!breaks(text)) {
      return text.strip();
    }
    StringBuilder line = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (!control(c)) {
        line.append(c);
      } else if (line.length() > 0 && line.charAt(line.length() - 1) != ' ') {
        line.append(' ');
      }
    }
    return line.toString().strip();
  }

  private static boolean control(int c) {
    return Character.isISOControl(c) || c == 0x2028 || c == 0x2029;
  }

  /** Returns a text without more than one empty line at a time, nor any at its begin and end. */
  static String squeezed(String text) {
    if (!text.contains("\n\n\n")) {
      return text.strip() + "\n";
    }
    StringBuilder out = new StringBuilder(text.length());
    int ends = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      ends = c == '\n' ? ends + 1 : 0;
      if (ends <= 2) {
        out.append(c);
      }
    }
    return out.toString().strip() + "\n";
  }
}
