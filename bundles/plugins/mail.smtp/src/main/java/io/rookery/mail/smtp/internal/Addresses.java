// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

/** Looks whether an address can stand between the angle brackets of MAIL and RCPT. */
final class Addresses {

  /**
   * RFC 5321 §4.5.3.1.3 has 256 for a path with its brackets; UTF-8 may need more than one octet.
   */
  private static final int LONGEST = 254;

  private Addresses() {}

  /**
   * Returns whether an address is one local part and one domain without anything that could end the
   * command or the path: control characters anywhere, blanks and brackets outside quotes.
   */
  static boolean isSafe(String address) {
    int at = address.lastIndexOf('@');
    if (at < 1 || at == address.length() - 1 || address.length() > LONGEST) {
      return false;
    }
    String local = address.substring(0, at);
    return isSafeLocalPart(local) && isSafeDomain(address, at + 1);
  }

  private static boolean isSafeLocalPart(String local) {
    if (local.startsWith("\"")) {
      return isQuoted(local);
    }
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (isControl(c) || " <>()[]\\,;:@\"".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  /** Checks a quoted string (RFC 5321 §4.1.2) that has to span the whole of the local part. */
  private static boolean isQuoted(String local) {
    int i = 1;
    while (i < local.length() && local.charAt(i) != '"') {
      i += local.charAt(i) == '\\' ? 2 : 1;
    }
    return i == local.length() - 1 && local.chars().noneMatch(c -> isControl((char) c));
  }

  private static boolean isSafeDomain(String address, int start) {
    for (int i = start; i < address.length(); i++) {
      char c = address.charAt(i);
      if (isControl(c) || " <>(),;@\"\\".indexOf(c) >= 0) {
        return false;
      }
    }
    return true;
  }

  /**
   * Control characters, and the line and paragraph separators that some programs break lines at.
   */
  private static boolean isControl(char c) {
    return c < ' ' || c >= 0x7f && c < 0xa0 || c == '\u2028' || c == '\u2029';
  }

  /** Returns whether an address needs SMTPUTF8. */
  static boolean isInternational(String address) {
    for (int i = 0; i < address.length(); i++) {
      if (address.charAt(i) > 0x7e) {
        return true;
      }
    }
    return false;
  }
}
