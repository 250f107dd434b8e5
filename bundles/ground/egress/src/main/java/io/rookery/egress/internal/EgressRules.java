// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import io.rookery.spi.plugin.Destination.Protocol;
import io.rookery.spi.plugin.EgressRefusedException;
import java.net.InetAddress;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
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
  private final Set<Integer> ports;

  /** Reads both lists, which are separated by commas and may be empty. */
  EgressRules(String networks, String ports) {
    this.allowed = parts(networks).map(Network::parse).toList();
    this.ports = parts(ports).map(EgressRules::port).collect(Collectors.toUnmodifiableSet());
  }

  private static Stream<String> parts(String list) {
    return Stream.of(list.split(",")).map(String::strip).filter(part -> !part.isEmpty());
  }

  private static int port(String text) {
    int port = Integer.parseInt(text);
    if (port < 1 || port > 65535) {
      throw new IllegalArgumentException("allowed.ports holds no port: " + text);
    }
    return port;
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
   * Checks a port; where a listed network may be reached, so may its unusual ports.
   *
   * @throws EgressRefusedException where it may not be reached by the protocol
   */
  void check(Protocol protocol, int port, InetAddress address) throws EgressRefusedException {
    boolean usual = USUAL.get(protocol).contains(port) || ports.contains(port);
    byte[] bytes = address.getAddress();
    if (!usual && allowed.stream().noneMatch(network -> network.holds(bytes))) {
      throw new EgressRefusedException(
          "Port %d is none of %s's. An operator can allow it in etc/io.rookery.egress.cfg, allowed.ports"
              .formatted(port, protocol));
    }
  }
}
