// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import java.net.http.HttpClient;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** A connection's client and the threads that carry it, made when first used. */
final class Line implements AutoCloseable {

  private static final int THREADS = 2;

  private final Server server;
  private final ThreadPoolExecutor threads;
  private Wire wire;

  Line(Server server) {
    this.server = server;
    AtomicInteger number = new AtomicInteger();
    threads =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            10,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            work -> {
              Thread thread = new Thread(work, "rookery-vault-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    threads.allowCoreThreadTimeOut(true);
  }

  /** Returns the way to the server; the file of authorities is read now where it was not yet. */
  synchronized Wire wire() {
    if (wire == null) {
      HttpClient.Builder client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .followRedirects(HttpClient.Redirect.NEVER)
              .connectTimeout(server.timeout())
              .executor(threads);
      if (server.authorities() != null) {
        client.sslContext(Trust.only(server.authorities()));
      }
      wire = new Wire(server, new Link(client.build(), server.connections(), server.timeout()));
    }
    return wire;
  }

  /** Ends the threads. The client's own one ends once nobody holds it any more. */
  @Override
  public synchronized void close() {
    wire = null;
    threads.shutdownNow();
  }
}
