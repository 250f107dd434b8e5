// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.peers;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports for servers that have to be told one. A port that the system gives away and takes back may
 * be the end of somebody's outgoing connection a moment later; these lie below the range that the
 * system takes those from, are free for TCP and UDP alike when they are handed out, and are handed
 * out once by a process.
 */
public final class FreePorts {

  private static final Path RANGE = Path.of("/proc/sys/net/ipv4/ip_local_port_range");
  private static final int LOWEST = 10_000;
  private static final int USUAL_START = 32_768;
  private static final int ATTEMPTS = 1_000;
  private static final Set<Integer> TAKEN = ConcurrentHashMap.newKeySet();

  private FreePorts() {}

  /**
   * Returns a port of the loopback address that nobody listens on. Safe for use by many threads.
   *
   * @throws IOException where none is found
   */
  public static int next() throws IOException {
    int end = startOfOutgoing();
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      int port = ThreadLocalRandom.current().nextInt(LOWEST, end);
      if (isFree(port) && TAKEN.add(port)) {
        return port;
      }
    }
    throw new IOException("No port between " + LOWEST + " and " + end + " is free");
  }

  private static int startOfOutgoing() throws IOException {
    if (!Files.isReadable(RANGE)) {
      return USUAL_START;
    }
    int start = Integer.parseInt(Files.readString(RANGE).strip().split("\\s+")[0]);
    return start > LOWEST + ATTEMPTS ? start : USUAL_START;
  }

  private static boolean isFree(int port) {
    InetAddress here = InetAddress.getLoopbackAddress();
    try (ServerSocket tcp = new ServerSocket(port, 1, here);
        DatagramSocket udp = new DatagramSocket(port, here)) {
      return tcp.isBound() && udp.isBound();
    } catch (IOException e) {
      return false;
    }
  }
}
