// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Addresses with a common beginning, as SPF writes them (RFC 7208 §5.6).
 *
 * @param text as it was written, such as {@code 192.0.2.0/24} or {@code 2001:db8::1}
 */
public record IpNetwork(String text, InetAddress address, int bits) {

  private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]{2,45}");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  /** Reads an address with or without a length, or returns empty. */
  public static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    boolean shaped =
        LITERAL.matcher(literal).matches() && (literal.contains(":") || dotted(literal));
    if (!shaped || (slash >= 0 && !BITS.matcher(text.substring(slash + 1)).matches())) {
      return Optional.empty();
    }
    try {
      InetAddress address = InetAddress.getByName(literal); // A literal: nobody is asked.
      int most = address.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return bits > most ? Optional.empty() : Optional.of(new IpNetwork(text, address, bits));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  private static boolean dotted(String literal) {
    return literal.matches("([0-9]{1,3}\\.){3}[0-9]{1,3}");
  }

  /** Returns whether all addresses of another are in this one too. */
  boolean covers(IpNetwork other) {
    byte[] mine = address.getAddress();
    byte[] theirs = other.address.getAddress();
    if (mine.length != theirs.length || bits > other.bits) {
      return false;
    }
    for (int bit = 0; bit < bits; bit++) {
      int mask = 0x80 >> (bit % 8);
      if ((mine[bit / 8] & mask) != (theirs[bit / 8] & mask)) {
        return false;
      }
    }
    return true;
  }

  /** Returns the mechanism that names it in an SPF record. */
  String term() {
    return (address.getAddress().length == 4 ? "ip4:" : "ip6:") + text;
  }
}
