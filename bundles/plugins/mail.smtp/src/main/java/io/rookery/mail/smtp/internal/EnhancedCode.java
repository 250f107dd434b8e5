// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

/** Finds enhanced status codes (RFC 3463, RFC 2034) at the beginning of a reply's text. */
final class EnhancedCode {

  private static final int TEXT_START = 4;

  private EnhancedCode() {}

  /**
   * Returns the enhanced code of a reply line, or null. It is read wherever it has the form and the
   * class of the reply, for many servers give it without announcing ENHANCEDSTATUSCODES.
   */
  static String at(int code, String line) {
    if (line.length() <= TEXT_START + 4
        || line.charAt(TEXT_START) != '0' + code / 100
        || code / 100 == 3
        || line.charAt(TEXT_START + 1) != '.') {
      return null;
    }
    int subject = digits(line, TEXT_START + 2);
    if (subject < 0 || subject == line.length() || line.charAt(subject) != '.') {
      return null;
    }
    int detail = digits(line, subject + 1);
    boolean ends = detail > 0 && (detail == line.length() || line.charAt(detail) == ' ');
    return ends ? line.substring(TEXT_START, detail) : null;
  }

  /** Returns where one to three digits end, or -1 where there are none or more. */
  private static int digits(String line, int start) {
    int end = start;
    while (end < line.length() && isDigit(line.charAt(end))) {
      end++;
    }
    return end == start || end - start > 3 ? -1 : end;
  }

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
