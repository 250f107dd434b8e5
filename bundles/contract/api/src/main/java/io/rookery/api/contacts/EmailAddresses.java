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
  private static final Pattern DOMAIN =
      Pattern.compile("([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\\.)+[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
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
    String text = Normalizer.normalize(address.strip(), Normalizer.Form.NFC);
    int at = text.lastIndexOf('@');
    if (at < 1 || UNSAFE.matcher(text).find()) {
      return Optional.empty();
    }
    String local = text.substring(0, at);
    boolean fits = local.getBytes(StandardCharsets.UTF_8).length <= 64;
    if (!fits || !LOCAL.matcher(local).matches()) {
      return Optional.empty();
    }
    return domain(text.substring(at + 1))
        .map(domain -> local + "@" + domain)
        .filter(whole -> whole.length() <= 254);
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
    try {
      String ascii = IDN.toASCII(domain.strip(), IDN.USE_STD3_ASCII_RULES).toLowerCase(Locale.ROOT);
      return Optional.of(ascii)
          .filter(name -> name.length() <= 253 && DOMAIN.matcher(name).matches());
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** Returns the domain of an address in wire form. */
  public static String domainOf(String wire) {
    return wire.substring(wire.lastIndexOf('@') + 1);
  }
}
