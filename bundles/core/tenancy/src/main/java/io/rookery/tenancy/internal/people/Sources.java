// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.people;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * What counts as one source: an IPv4 address, or the 64 bits of an IPv6 address that name a
 * network, of which whoever has one has all addresses (RFC 4291 §2.5.1).
 */
final class Sources {

  private static final int NETWORK = 8;

  private Sources() {}

  static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      InetAddress literal = InetAddress.getByName(address);
      return literal instanceof Inet6Address
          ? HexFormat.of().formatHex(Arrays.copyOf(literal.getAddress(), NETWORK))
          : literal.getHostAddress();
    } catch (UnknownHostException e) {
      return address;
    }
  }
}
