// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.contacts;

import java.net.IDN;
import java.nio.charset.StandardCharsets;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * E-mail addresses as they are compared and put on the wire: local parts after RFC 5321 §4.1.2 and
 * RFC 6531, dot-atoms only; domains with IDN in either form (RFC 5890), at least two labels.
 */
public final class EmailAddresses {

  private static final Pattern LOCAL =
      Pattern.compile(
          "[\\w!#$%&'*+/=?^`{|}~\\-\\u0080-\\uFFFF]+(\\.[\\w!#$%&'*+/=?^`{|}~\\-\\u0080-\\uFFFF]+)*");
  private static final String SPECIALS = "!#$%&'*+/=?^_`{|}~-";
  private static final Pattern UNSAFE = Pattern.compile("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029\\s]");

  private EmailAddresses() {}

  /**
   * Returns an address in the form that is put on the wire: the local part as written, in NFC; the
   * domain in lower-case A-labels. Empty where it is no address.
   */
  public static Optional<String> wire(String address) {
    if (address == null) {
      return Optional.empty();
    }
    String given = address.strip();
    boolean ascii = isVisibleAscii(given);
    String text = ascii ? given : Normalizer.normalize(given, Normalizer.Form.NFC);
    int at = text.lastIndexOf('@');
    if (at < 1 || (!ascii && UNSAFE.matcher(text).find())) {
      return Optional.empty();
    }
    String local = text.substring(0, at);
    if (!(ascii ? isAsciiLocal(local) : isLocal(local))) {
      return Optional.empty();
    }
    return domain(text.substring(at + 1))
        .map(domain -> local + "@" + domain)
        .filter(whole -> whole.length() <= 254);
  }

  private static boolean isVisibleAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) <= ' ' || text.charAt(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static boolean isLocal(String local) {
    return local.getBytes(StandardCharsets.UTF_8).length <= 64 && LOCAL.matcher(local).matches();
  }

  /** Says what {@link #isLocal} says, for visible ASCII alone, at a fraction of the cost. */
  private static boolean isAsciiLocal(String local) {
    boolean dot = true;
    for (int i = 0; i < local.length(); i++) {
      char c = local.charAt(i);
      if (c == '.' ? dot : !isLetterOrDigit(c) && SPECIALS.indexOf(c) < 0) {
        return false;
      }
      dot = c == '.';
    }
    return !dot && local.length() <= 64;
  }

  private static boolean isLetterOrDigit(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /**
   * Returns an address in the form by which two are the same: the wire form in lower case. Empty
   * where it is no address.
   */
  public static Optional<String> normalised(String address) {
    return wire(address).map(wire -> wire.toLowerCase(Locale.ROOT));
  }

  /** Returns a domain in lower-case A-labels, or empty where it is none. */
  public static Optional<String> domain(String domain) {
    String name = domain.strip();
    try {
      String ascii = isVisibleAscii(name) ? name : IDN.toASCII(name, IDN.USE_STD3_ASCII_RULES);
      return Optional.of(ascii.toLowerCase(Locale.ROOT)).filter(EmailAddresses::isHostName);
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns whether a name is two labels or more of letters, digits and inner hyphens. */
  private static boolean isHostName(String name) {
    int labels = 0;
    int begin = 0;
    for (int i = 0; i <= name.length(); i++) {
      if (i == name.length() || name.charAt(i) == '.') {
        boolean fits = i > begin && i - begin <= 63;
        if (!fits || name.charAt(begin) == '-' || name.charAt(i - 1) == '-') {
          return false;
        }
        labels++;
        begin = i + 1;
      } else if (!isLetterOrDigit(name.charAt(i)) && name.charAt(i) != '-') {
        return false;
      }
    }
    return labels > 1 && name.length() <= 253;
  }

  /** Returns the domain of an address in wire form. */
  public static String domainOf(String wire) {
    return wire.substring(wire.lastIndexOf('@') + 1);
  }
}
