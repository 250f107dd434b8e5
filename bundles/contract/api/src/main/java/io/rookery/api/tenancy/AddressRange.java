// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.tenancy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/**
 * A range of IP addresses in CIDR notation (RFC 4632, RFC 4291 §2.3), canonical: bits behind the
 * prefix are 0, an IPv4 address mapped into IPv6 (RFC 4291 §2.5.5.2) is the IPv4 address that it
 * is, IPv6 is written as RFC 5952 says. Names are never looked up. Immutable.
 */
public final class AddressRange {

  private static final int V4 = 4;
  private static final int MAPPED_BITS = 96;

  private final byte[] network;
  private final int prefix;

  private AddressRange(byte[] network, int prefix) {
    this.network = network;
    this.prefix = prefix;
  }

  /** Reads a range such as {@code 192.0.2.0/24}, or a single address; empty where it is neither. */
  public static Optional<AddressRange> parse(String text) {
    int slash = text.indexOf('/');
    String host = slash < 0 ? text : text.substring(0, slash);
    byte[] bytes = AddressText.read(host);
    if (bytes == null) {
      return Optional.empty();
    }
    int bits = bytes.length * Byte.SIZE;
    int prefix = slash < 0 ? bits : AddressText.number(text.substring(slash + 1), bits);
    if (prefix >= 0 && AddressText.mapped(bytes)) {
      prefix -= MAPPED_BITS;
      bytes = AddressText.unmapped(bytes);
    }
    return prefix < 0
        ? Optional.empty()
        : Optional.of(new AddressRange(mask(bytes, prefix), prefix));
  }

  /** Reads an address alone, without a range or a name; empty where it is none. */
  public static Optional<InetAddress> address(String text) {
    byte[] bytes = AddressText.read(text);
    if (bytes == null) {
      return Optional.empty();
    }
    try {
      return Optional.of(InetAddress.getByAddress(AddressText.unmapped(bytes)));
    } catch (UnknownHostException e) {
      throw new IllegalStateException("Four or sixteen bytes are an address", e);
    }
  }

  private static byte[] mask(byte[] address, int prefix) {
    byte[] masked = address.clone();
    for (int bit = prefix; bit < masked.length * Byte.SIZE; bit++) {
      masked[bit / Byte.SIZE] &= (byte) ~(0x80 >> bit % Byte.SIZE);
    }
    return masked;
  }

  /** Returns whether an address lies in the range; one of the other family never does. */
  public boolean contains(InetAddress address) {
    byte[] bytes = AddressText.unmapped(address.getAddress());
    return bytes.length == network.length && Arrays.equals(mask(bytes, prefix), network);
  }

  /** Returns whether every address of another range lies in this one. */
  public boolean contains(AddressRange other) {
    return other.network.length == network.length
        && other.prefix >= prefix
        && Arrays.equals(mask(other.network, prefix), network);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AddressRange range
        && prefix == range.prefix
        && Arrays.equals(network, range.network);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(network) + prefix;
  }

  /** Returns the canonical text, with the prefix. */
  @Override
  public String toString() {
    return (network.length == V4 ? AddressText.dotted(network) : AddressText.colons(network))
        + "/"
        + prefix;
  }
}
