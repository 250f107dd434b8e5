// SPDX-License-Identifier: Apache-2.0
package io.rookery.egress.internal;

import io.rookery.spi.plugin.EgressGuard;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/**
 * What a tenant may type to reach into the platform's own network, and a server on this machine's
 * loopback that counts who does. The guard is the real one as it is without configuration, but for
 * ports, so that nothing is refused for its port alone; and for {@value #NEIGHBOUR}, where nobody
 * listens, which names rebind from.
 *
 * <p>Each door to the outside is tried with every one of these: SMTP by a check (also of an import
 * and of the API) and by sending, in mail.smtp; the token endpoints of OAuth, in mailboxes; SSH to
 * hosts and what is looked at of them from here, in hosts. Other ways out lead where no tenant has
 * a say: the database, the operator's resolvers, and the platform's own public address.
 */
public final class EgressMatrix implements AutoCloseable {

  /** What the server on loopback says, and nobody may be shown. */
  public static final String BANNER = "220 inner-host-7391 SECRET-OF-THE-HOUSE ready";

  private static final String NEIGHBOUR = "127.0.0.2";
  private static final String REBINDING = "rebinds.example";
  private static final String TURNS_OVER = "turns-over.example";

  private static final List<String> LITERALS =
      List.of(
          "127.0.0.1",
          "127.255.255.254",
          "0.0.0.0",
          "169.254.169.254",
          "10.0.0.1",
          "172.16.0.1",
          "192.168.0.1",
          "100.64.0.1",
          "::1",
          "::",
          "::ffff:127.0.0.1",
          "::ffff:7f00:1",
          "::ffff:169.254.169.254",
          "::127.0.0.1",
          "::ffff:0:127.0.0.1",
          "fe80::1",
          "fec0::1",
          "fc00::1",
          "fd00:ec2::254",
          "64:ff9b::7f00:1",
          "64:ff9b::a9fe:a9fe",
          "64:ff9b:1::7f00:1",
          "2002:7f00:1::",
          "2002:a9fe:a9fe::1",
          "2001:0:4136:e378:8000:63bf:3fff:fdd2",
          "2600::5efe:127.0.0.1",
          "224.0.0.1",
          "ff02::1",
          "255.255.255.255");

  /** Literals in forms that some resolvers take for 127.0.0.1, or in others' clothes. */
  private static final List<String> DISGUISED =
      List.of(
          "2130706433",
          "0177.0.0.1",
          "0x7f.1",
          "0x7f.0.0.1",
          "0x7F000001",
          "127.1",
          "127.0.1",
          "00127.0.0.1",
          "127.0.0.1.",
          "127.0.0.01",
          "0",
          "[::1]",
          "[::ffff:127.0.0.1]",
          "fe80::1%lo",
          "\uFF11\uFF12\uFF17.0.0.1",
          "localhost",
          "LOCALHOST");

  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();
  private final List<ServerSocket> listeners = new ArrayList<>();
  private final AtomicInteger connections = new AtomicInteger();
  private final int port;

  /** Begins to listen on loopback, by IPv4 and where there is one by IPv6. */
  public EgressMatrix() throws IOException {
    ServerSocket first = listen(InetAddress.getByName("127.0.0.1"), 0);
    port = first.getLocalPort();
    try {
      listen(InetAddress.getByName("::1"), port);
    } catch (IOException e) {
      // A machine without IPv6, or with another's server there: nobody is counted by IPv6 then.
    }
  }

  private ServerSocket listen(InetAddress address, int at) throws IOException {
    ServerSocket listener = new ServerSocket();
    listener.bind(new InetSocketAddress(address, at));
    listeners.add(listener);
    Thread thread = new Thread(() -> greet(listener), "egress-matrix");
    thread.setDaemon(true);
    thread.start();
    return listener;
  }

  private void greet(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (Socket caller = listener.accept()) {
        connections.incrementAndGet();
        caller.getOutputStream().write((BANNER + "\r\n").getBytes(StandardCharsets.US_ASCII));
      } catch (IOException e) {
        // Closed, or the caller is gone.
      }
    }
  }

  /** Returns all hosts to try: literals, disguised ones, and names that lead to literals. */
  public static Stream<String> hosts() {
    return Stream.of(
            LITERALS.stream(),
            DISGUISED.stream(),
            LITERALS.stream().map(EgressMatrix::name),
            Stream.of(REBINDING, TURNS_OVER))
        .flatMap(hosts -> hosts);
  }

  private static String name(String literal) {
    return literal.replace(':', '-').replace('.', '-') + ".leads-to.example";
  }

  /** Returns the guard that every door is to ask. */
  public EgressGuard guard() {
    return new EgressGuardService(new EgressRules(NEIGHBOUR + "/32", "1024-65535"), this::resolve);
  }

  private InetAddress[] resolve(String host) throws UnknownHostException {
    int before = asked.computeIfAbsent(host, name -> new AtomicInteger()).getAndIncrement();
    if (host.equals(REBINDING)) {
      // Passes where it is looked at, and is another when it is connected to.
      return InetAddress.getAllByName(before == 0 ? NEIGHBOUR : "127.0.0.1");
    }
    if (host.equals(TURNS_OVER)) {
      // One address that passes and refuses connections, so that the next one is tried.
      return new InetAddress[] {
        InetAddress.getByName(NEIGHBOUR), InetAddress.getByName("127.0.0.1")
      };
    }
    for (String literal : LITERALS) {
      if (host.equals(name(literal))) {
        return InetAddress.getAllByName(literal);
      }
    }
    return InetAddress.getAllByName(host);
  }

  /** Returns the port of the server on loopback. */
  public int port() {
    return port;
  }

  /** Returns how many connections came to the server on loopback. */
  public int connections() {
    return connections.get();
  }

  /** Returns all that an error says, its causes included. */
  public static String words(Throwable error) {
    StringBuilder words = new StringBuilder();
    for (Throwable cause = error; cause != null; cause = cause.getCause()) {
      words.append(cause).append('\n');
    }
    return words.toString();
  }

  @Override
  public void close() throws IOException {
    for (ServerSocket listener : listeners) {
      listener.close();
    }
  }
}
