// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Which addresses are not the public internet: the special-purpose registries of IANA (RFC 6890 and
 * its updates) and multicast. An IPv6 address that carries an IPv4 address stands for that one too.
 */
final class SpecialNetworks {

  private static final List<Network> SPECIAL =
      Stream.of(
              "0.0.0.0/8",
              "10.0.0.0/8",
              "100.64.0.0/10",
              "127.0.0.0/8",
              "169.254.0.0/16",
              "172.16.0.0/12",
              "192.0.0.0/24",
              "192.0.2.0/24",
              "192.31.196.0/24",
              "192.52.193.0/24",
              "192.88.99.0/24",
              "192.168.0.0/16",
              "192.175.48.0/24",
              "198.18.0.0/15",
              "198.51.100.0/24",
              "203.0.113.0/24",
              "224.0.0.0/4",
              "240.0.0.0/4",
              "::/128",
              "::1/128",
              "64:ff9b:1::/48",
              "100::/64",
              "2001::/23",
              "2001:db8::/32",
              "3fff::/20",
              "5f00::/16",
              "fc00::/7",
              "fe80::/10",
              "fec0::/10",
              "ff00::/8")
          .map(Network::parse)
          .toList();

  private static final Network COMPATIBLE = Network.parse("::/96");
  private static final Network TRANSLATED = Network.parse("64:ff9b::/96");
  private static final Network STATELESS = Network.parse("::ffff:0:0:0/96");
  private static final Network SIX_TO_FOUR = Network.parse("2002::/16");

  private SpecialNetworks() {}

  /** Returns whether an address, as 4 or 16 bytes, is special or carries one that is. */
  static boolean hold(byte[] address) {
    if (SPECIAL.stream().anyMatch(network -> network.holds(address))) {
      return true;
    }
    byte[] carried = carried(address);
    return carried != null && hold(carried);
  }

  private static byte[] carried(byte[] address) {
    boolean atTheEnd =
        COMPATIBLE.holds(address)
            || TRANSLATED.holds(address)
            || STATELESS.holds(address)
            || isTunnelled(address);
    if (atTheEnd) {
      return Arrays.copyOfRange(address, 12, 16);
    }
    return SIX_TO_FOUR.holds(address) ? Arrays.copyOfRange(address, 2, 6) : null;
  }

  /** ISATAP (RFC 5214 §6.1) marks the interface identifier by 0000:5efe or 0200:5efe. */
  private static boolean isTunnelled(byte[] address) {
    return address.length == 16
        && (address[8] & 0xfd) == 0
        && address[9] == 0
        && address[10] == 0x5e
        && address[11] == (byte) 0xfe;
  }
}
