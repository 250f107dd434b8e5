// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;

/** A network in CIDR form (RFC 4632, RFC 4291 §2.3). */
record Network(byte[] prefix, int length) {

  private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

  /** Reads a network such as {@code 10.0.0.0/8} or {@code fc00::/7}. */
  static Network parse(String text) {
    String[] parts = text.strip().split("/", -1);
    if (parts.length != 2 || !LITERAL.matcher(parts[0]).matches()) {
      throw new IllegalArgumentException("Not a network such as 10.0.0.0/8: " + text);
    }
    try {
      byte[] prefix = InetAddress.getByName(parts[0]).getAddress();
      int length = Integer.parseInt(parts[1]);
      if (length < 0 || length > prefix.length * 8) {
        throw new IllegalArgumentException("Not a prefix length: " + text);
      }
      return new Network(prefix, length);
    } catch (UnknownHostException | NumberFormatException e) {
      throw new IllegalArgumentException("Not a network such as 10.0.0.0/8: " + text, e);
    }
  }

  /** Returns whether an address, as bytes of the same family, lies in this network. */
  boolean holds(byte[] address) {
    if (address.length != prefix.length) {
      return false;
    }
    for (int bit = 0; bit < length; bit++) {
      int mask = 0x80 >> (bit & 7);
      if (((address[bit >> 3] ^ prefix[bit >> 3]) & mask) != 0) {
        return false;
      }
    }
    return true;
  }
}
