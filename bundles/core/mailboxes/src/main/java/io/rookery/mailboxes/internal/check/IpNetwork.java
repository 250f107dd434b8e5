// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.check;

import java.net.Inet6Address;
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

  private static final int IP4_BYTES = 4;
  private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])";
  private static final Pattern IP4 = Pattern.compile("(" + OCTET + "\\.){3}" + OCTET);
  private static final Pattern IP6 = Pattern.compile("(?=.*:)[0-9a-fA-F:][0-9a-fA-F:.]{1,44}");
  private static final Pattern BITS = Pattern.compile("[0-9]{1,3}");

  /** Reads an address with or without a length, or returns empty. */
  public static Optional<IpNetwork> parse(String text) {
    int slash = text.indexOf('/');
    String literal = slash < 0 ? text : text.substring(0, slash);
    if (!isLiteral(literal) || (slash >= 0 && !BITS.matcher(text.substring(slash + 1)).matches())) {
      return Optional.empty();
    }
    try {
      InetAddress address = address(literal);
      int most = address.getAddress().length * 8;
      int bits = slash < 0 ? most : Integer.parseInt(text.substring(slash + 1));
      return bits > most ? Optional.empty() : Optional.of(new IpNetwork(text, address, bits));
    } catch (UnknownHostException e) {
      return Optional.empty();
    }
  }

  /**
   * Returns whether Java reads a text as an address or not at all. What looks like a name to it,
   * and {@code 192.0.2.400} does, it takes to the system's name service: strangers write these
   * texts.
   */
  static boolean isLiteral(String text) {
    return IP4.matcher(text).matches() || IP6.matcher(text).matches();
  }

  /** Java makes IPv4 of IPv4-mapped addresses (RFC 4291 §2.5.5.2); SPF tells them apart. */
  private static InetAddress address(String literal) throws UnknownHostException {
    byte[] bytes = InetAddress.getByName(literal).getAddress();
    if (bytes.length == IP4_BYTES && literal.contains(":")) {
      byte[] mapped = new byte[16];
      mapped[10] = (byte) 0xff;
      mapped[11] = (byte) 0xff;
      System.arraycopy(bytes, 0, mapped, 12, IP4_BYTES);
      return Inet6Address.getByAddress(null, mapped, -1);
    }
    return InetAddress.getByAddress(bytes);
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
    return (address.getAddress().length == IP4_BYTES ? "ip4:" : "ip6:") + text;
  }
}
