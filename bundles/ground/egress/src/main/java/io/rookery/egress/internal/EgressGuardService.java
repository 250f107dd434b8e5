// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.EgressGuard;
import io.rookery.spi.plugin.EgressRefusedException;
import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.metatype.annotations.Designate;

/** Connects to the very addresses that the rules have passed. */
@Component(service = EgressGuard.class, configurationPid = "io.rookery.egress")
@Designate(ocd = EgressConfiguration.class)
public final class EgressGuardService implements EgressGuard {

  /**
   * Digits, dots and x alone: either four plain decimal octets or one of the forms that hide them.
   */
  private static final Pattern NUMERIC =
      Pattern.compile("(?i)(0x[0-9a-f]+|[0-9]+)(\\.(0x[0-9a-f]+|[0-9]+))*\\.?");

  private static final Pattern DECIMAL =
      Pattern.compile("((25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)(\\.(?!$)|$)){4}");

  /** The least time for one address, in milliseconds. */
  private static final int LEAST_SHARE = 250;

  private final EgressRules rules;
  private final Resolver resolver;

  /** Reads the operator's rules. */
  @Activate
  public EgressGuardService(EgressConfiguration configuration) {
    this(
        new EgressRules(configuration.allowed_networks(), configuration.allowed_ports()),
        InetAddress::getAllByName);
  }

  EgressGuardService(EgressRules rules, Resolver resolver) {
    this.rules = rules;
    this.resolver = resolver;
  }

  @Override
  public Socket connect(Destination destination) throws IOException {
    long end = System.nanoTime() + destination.timeout().toNanos();
    IOException last = null;
    List<InetAddress> addresses = checked(destination);
    for (int i = 0; i < addresses.size(); i++) {
      int left = (int) Math.min(Integer.MAX_VALUE, (end - System.nanoTime()) / 1_000_000);
      if (left <= 0) {
        break;
      }
      try {
        int share = share(left, addresses.size() - i);
        return open(addresses.get(i), destination.port(), share);
      } catch (IOException e) {
        last = e;
      }
    }
    throw last == null
        ? new SocketTimeoutException("No connection within " + destination.timeout())
        : last;
  }

  /** Returns what one of several addresses may take of the time that is left, in milliseconds. */
  static int share(int left, int addresses) {
    return Math.min(left, Math.max(LEAST_SHARE, left / addresses));
  }

  private List<InetAddress> checked(Destination destination) throws IOException {
    String host = destination.host();
    if (NUMERIC.matcher(host).matches() && !DECIMAL.matcher(host).matches()) {
      throw new EgressRefusedException("Give the address as four decimal numbers, or a host name");
    }
    List<InetAddress> passed = new ArrayList<>();
    EgressRefusedException refused = null;
    for (InetAddress address : resolver.resolve(host)) {
      try {
        InetAddress plain = unmapped(address);
        rules.check(plain);
        rules.check(destination.protocol(), destination.port());
        passed.add(plain);
      } catch (EgressRefusedException e) {
        refused = e;
      }
    }
    if (passed.isEmpty()) {
      throw refused == null ? new UnknownHostException("The host has no address") : refused;
    }
    return passed;
  }

  /** Java itself turns ::ffff:a.b.c.d into IPv4; a resolver of another kind may not. */
  private static InetAddress unmapped(InetAddress address) throws UnknownHostException {
    return address instanceof Inet4Address
        ? address
        : InetAddress.getByAddress(address.getAddress());
  }

  private static Socket open(InetAddress address, int port, int timeoutMillis) throws IOException {
    // A proxy set for the JVM would connect by itself, past everything that was checked.
    Socket socket = new Socket(Proxy.NO_PROXY);
    try {
      socket.setTcpNoDelay(true);
      socket.connect(new InetSocketAddress(address, port), timeoutMillis);
      return socket;
    } catch (IOException e) {
      socket.close();
      throw e;
    }
  }
}
