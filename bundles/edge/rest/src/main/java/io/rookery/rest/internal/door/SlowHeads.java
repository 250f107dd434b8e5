// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.door;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpParser;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.ssl.SslConnection;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnection;
import org.eclipse.jetty.server.Server;

/**
 * Ends connections whose client sends an octet now and then: the container's own time-out begins
 * anew with each, so that a head could take for ever and hold one of the connections that the
 * process may have. A head has to be whole in 15 seconds; who has begun none is gone in a minute,
 * whatever blank lines come.
 */
final class SlowHeads implements AutoCloseable {

  private static final Duration WHOLE = Duration.ofSeconds(15);
  private static final Duration BEGUN = Duration.ofSeconds(60);
  private static final Duration LOOK = Duration.ofSeconds(3);

  private final Server server;

  /** Since when a connection has been waited for; touched by one look at a time. */
  private final Map<EndPoint, Waiting> waiting = new HashMap<>();

  private volatile boolean closed;

  SlowHeads(Server server) {
    this.server = server;
  }

  private record Waiting(long requests, boolean begun, long since) {}

  /** Looks again and again, by a thread that the container has for such. */
  void watch() {
    Connector[] connectors = server.getConnectors();
    if (!closed && connectors.length > 0 && server.isRunning()) {
      connectors[0]
          .getScheduler()
          .schedule(
              () -> {
                look();
                watch();
              },
              LOOK.toMillis(),
              TimeUnit.MILLISECONDS);
    }
  }

  private synchronized void look() {
    long now = System.nanoTime();
    Map<EndPoint, Waiting> still = new HashMap<>();
    for (Connector connector : server.getConnectors()) {
      for (EndPoint end : connector.getConnectedEndPoints()) {
        Waiting since = since(end, now);
        if (since == null) {
          continue;
        }
        Duration longest = since.begun() ? WHOLE : BEGUN;
        if (now - since.since() > longest.toNanos()) {
          end.close();
        } else {
          still.put(end, since);
        }
      }
    }
    waiting.clear();
    waiting.putAll(still);
  }

  /** Returns since when a head is waited for, or null where none is. */
  private Waiting since(EndPoint end, long now) {
    Connection connection = end.getConnection();
    if (connection instanceof SslConnection tls) {
      connection = tls.getDecryptedEndPoint().getConnection();
    }
    if (!(connection instanceof HttpConnection http) || !http.getParser().inHeaderState()) {
      return null;
    }
    long requests = http.getMessagesIn();
    boolean begun = http.getParser().getState() != HttpParser.State.START;
    Waiting before = waiting.get(end);
    boolean same = before != null && before.begun() == begun && before.requests() == requests;
    return same ? before : new Waiting(requests, begun, now);
  }

  @Override
  public void close() {
    closed = true;
  }
}
