// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Hands bytes to a server and back, what comes back as late as it is told. */
final class SlowProxy implements AutoCloseable {

  private final ServerSocket door = new ServerSocket(0, 64, InetAddress.getLoopbackAddress());
  private final int target;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Duration delay = Duration.ZERO;

  SlowProxy(int target) throws IOException {
    this.target = target;
    threads.execute(this::accept);
  }

  int port() {
    return door.getLocalPort();
  }

  void setDelay(Duration delay) {
    this.delay = delay;
  }

  private void accept() {
    while (!door.isClosed()) {
      try {
        Socket here = door.accept();
        Socket there = new Socket(InetAddress.getLoopbackAddress(), target);
        open.add(here);
        open.add(there);
        threads.execute(() -> pump(here, there, false));
        threads.execute(() -> pump(there, here, true));
      } catch (IOException e) {
        // The door is closed, or the server is away; the next one may have more luck.
      }
    }
  }

  private void pump(Socket from, Socket to, boolean late) {
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      byte[] bytes = new byte[8192];
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        if (late && closed.await(delay.toMillis(), TimeUnit.MILLISECONDS)) {
          return;
        }
        out.write(bytes, 0, read);
      }
    } catch (IOException e) {
      // One side hung up, which ends the other.
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() throws IOException {
    closed.countDown();
    door.close();
    for (Socket each : open) {
      each.close();
    }
    threads.shutdownNow();
  }
}
