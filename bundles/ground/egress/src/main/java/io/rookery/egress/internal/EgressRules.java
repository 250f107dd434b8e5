// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import io.rookery.spi.plugin.Destination.Protocol;
import io.rookery.spi.plugin.EgressRefusedException;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** What may be reached: by port and protocol, and by address. Immutable. */
final class EgressRules {

  private static final Map<Protocol, Set<Integer>> USUAL = new EnumMap<>(Protocol.class);

  static {
    USUAL.put(Protocol.SMTP, Set.of(25, 465, 587, 2525));
    USUAL.put(Protocol.IMAP, Set.of(143, 993));
    USUAL.put(Protocol.SSH, Set.of(22));
    USUAL.put(Protocol.HTTPS, Set.of(443));
  }

  private final List<Network> allowed;
  private final List<PortRange> ports;

  /** Reads both lists, which are separated by commas and may be empty. */
  EgressRules(String networks, String ports) {
    this.allowed = parts(networks).map(Network::parse).toList();
    this.ports = parts(ports).map(PortRange::parse).toList();
  }

  private static Stream<String> parts(String list) {
    return Stream.of(list.split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }

  /**
   * Checks an address.
   *
   * @throws EgressRefusedException where it may not be reached
   */
  void check(InetAddress address) throws EgressRefusedException {
    byte[] bytes = address.getAddress();
    boolean listed = allowed.stream().anyMatch(network -> network.holds(bytes));
    if (!listed && SpecialNetworks.hold(bytes)) {
      throw new EgressRefusedException(
          "That host is in a private or special network. An operator can allow it in"
              + " etc/io.rookery.egress.cfg, allowed.networks");
    }
  }

  /**
   * Checks a port.
   *
   * @throws EgressRefusedException where it may not be reached by the protocol
   */
  void check(Protocol protocol, int port) throws EgressRefusedException {
    boolean listed = ports.stream().anyMatch(range -> range.holds(port));
    if (!listed && !USUAL.get(protocol).contains(port)) {
      throw new EgressRefusedException(
          "Port %d is none of %s's. An operator can allow it in etc/io.rookery.egress.cfg, allowed.ports"
              .formatted(port, protocol));
    }
  }

  /** Ports from one to another, both included. */
  private record PortRange(int from, int to) {

    static PortRange parse(String text) {
      String[] ends = text.split("-", 2);
      int from = port(ends[0], text);
      return new PortRange(from, ends.length == 1 ? from : port(ends[1], text));
    }

    private static int port(String end, String text) {
      if (!end.strip().matches("[0-9]{1,5}") || Integer.parseInt(end.strip()) > 65535) {
        throw new IllegalArgumentException(
            "allowed.ports takes ports such as 2526 and ranges such as 2500-2600, not " + text);
      }
      return Integer.parseInt(end.strip());
    }

    boolean holds(int port) {
      return port >= from && port <= to;
    }
  }
}
