// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.EgressGuard;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Connects wherever a test likes and remembers where. Thread-safe. */
public final class DirectEgress implements EgressGuard {

  private final List<Destination> destinations = new CopyOnWriteArrayList<>();
  private volatile IOException failure;

  /** Lets every further connection fail, or work again where null. */
  public void failWith(IOException failure) {
    this.failure = failure;
  }

  /** Returns where connections were asked for, in order. */
  public List<Destination> destinations() {
    return List.copyOf(destinations);
  }

  @Override
  public Socket connect(Destination destination) throws IOException {
    destinations.add(destination);
    if (failure != null) {
      throw failure;
    }
    Socket socket = new Socket();
    boolean connected = false;
    try {
      socket.setTcpNoDelay(true);
      socket.connect(
          new InetSocketAddress(destination.host(), destination.port()),
          (int) destination.timeout().toMillis());
      connected = true;
      return socket;
    } finally {
      if (!connected) {
        socket.close();
      }
    }
  }
}
