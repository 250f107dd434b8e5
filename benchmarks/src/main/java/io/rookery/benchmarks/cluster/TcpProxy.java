// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.IntSupplier;

/**
 * A way to a port of this machine that can be cut. Thread-safe.
 *
 * <p>Cut means that connections are reset and new ones end at once, as when a machine is gone;
 * silent means that nothing gets through and nothing is closed, as when a cable is drawn.
 */
public final class TcpProxy implements AutoCloseable {

  private enum State {
    OPEN,
    SILENT,
    CUT
  }

  private final ServerSocket server;
  private final IntSupplier target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private volatile State state = State.OPEN;

  private TcpProxy(ServerSocket server, IntSupplier target) {
    this.server = server;
    this.target = target;
  }

  /** Opens a way to a port, which is asked for anew for each connection. */
  public static TcpProxy to(IntSupplier target) throws IOException {
    ServerSocket server = new ServerSocket(0, 200, InetAddress.getLoopbackAddress());
    TcpProxy proxy = new TcpProxy(server, target);
    daemon(proxy::accept);
    return proxy;
  }

  private static void daemon(Runnable work) {
    Thread thread = new Thread(work, "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns where the way begins. */
  public int port() {
    return server.getLocalPort();
  }

  /** Resets every connection and lets none come. */
  public void cut() {
    state = State.CUT;
    sockets.forEach(this::reset);
  }

  /** Lets nothing through any more, but closes nothing. */
  public synchronized void silence() {
    state = State.SILENT;
  }

  /** Lets everything through again. What was cut stays cut; what was held back goes on. */
  public synchronized void restore() {
    state = State.OPEN;
    notifyAll();
  }

  private void accept() {
    while (!server.isClosed()) {
      try {
        Socket client = server.accept();
        sockets.add(client);
        if (state == State.CUT) {
          reset(client);
        } else {
          daemon(() -> connect(client));
        }
      } catch (IOException e) {
        // Closed, or a client that left at once.
      }
    }
  }

  private void connect(Socket client) {
    try {
      awaitPassage();
      Socket onward = new Socket(InetAddress.getLoopbackAddress(), target.getAsInt());
      sockets.add(onward);
      client.setTcpNoDelay(true);
      onward.setTcpNoDelay(true);
      daemon(() -> pump(client, onward));
      pump(onward, client);
    } catch (IOException e) {
      reset(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pump(Socket from, Socket to) {
    byte[] bytes = new byte[1 << 14];
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(bytes); count >= 0; count = in.read(bytes)) {
        awaitPassage();
        out.write(bytes, 0, count);
      }
    } catch (IOException e) {
      // The other direction sees it as well.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      reset(from);
      reset(to);
    }
  }

  private synchronized void awaitPassage() throws InterruptedException {
    while (state == State.SILENT) {
      wait();
    }
  }

  private static void close(Socket socket) {
    try {
      socket.close();
    } catch (IOException e) {
      // It is gone then.
    }
  }

  private void reset(Socket socket) {
    sockets.remove(socket);
    close(socket);
  }

  @Override
  public void close() throws IOException {
    server.close();
    cut();
    restore();
  }
}
