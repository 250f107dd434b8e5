// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import io.rookery.spi.plugin.Destination;
import io.rookery.spi.plugin.Destination.Protocol;
import io.rookery.spi.plugin.EgressGuard;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;

/**
 * Gets pages and posts forms by HTTPS over connections of the guard, which the JDK's client cannot
 * be given. One connection a request, no redirects, an answer of at most 64 KiB, all within one
 * time that begins before it connects. Thread-safe.
 */
public final class GuardedHttps implements AutoCloseable {

  private final EgressGuard guard;
  private final SSLSocketFactory tls;
  private final Duration timeout;
  private final LongSupplier nanos;
  private final ScheduledExecutorService deadlines =
      Executors.newSingleThreadScheduledExecutor(GuardedHttps::thread);

  /** Connects by the guard, secures by {@code tls}, and gives up after the time-out. */
  public GuardedHttps(EgressGuard guard, SSLSocketFactory tls, Duration timeout) {
    this(guard, tls, timeout, System::nanoTime);
  }

  GuardedHttps(EgressGuard guard, SSLSocketFactory tls, Duration timeout, LongSupplier nanos) {
    this.guard = guard;
    this.tls = tls;
    this.timeout = timeout;
    this.nanos = nanos;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rookery-oauth-deadlines");
    thread.setDaemon(true);
    return thread;
  }

  /**
   * Posts a form.
   *
   * @param form encoded as {@code application/x-www-form-urlencoded}
   * @throws IOException where no whole answer came in time; its message shows nothing of the answer
   */
  HttpAnswer post(URI address, String form) throws IOException {
    byte[] body = form.getBytes(StandardCharsets.US_ASCII);
    String fields =
        """
        Content-Type: application/x-www-form-urlencoded\r
        Content-Length: %d\r
        Accept: application/json\r
        """
            .formatted(body.length);
    return exchange(address, request("POST", address, fields), body);
  }

  /**
   * Gets a page.
   *
   * @throws IOException where no whole answer came in time; its message shows nothing of the answer
   */
  public HttpAnswer get(URI address) throws IOException {
    return exchange(address, request("GET", address, "Accept: */*\r\n"), new byte[0]);
  }

  private HttpAnswer exchange(URI address, String head, byte[] body) throws IOException {
    int port = address.getPort() < 0 ? 443 : address.getPort();
    Destination there = new Destination(Protocol.HTTPS, address.getHost(), port, timeout);
    long begun = nanos.getAsLong();
    try (Socket tcp = guard.connect(there)) {
      boolean[] late = new boolean[1];
      long left = timeout.toNanos() - (nanos.getAsLong() - begun);
      ScheduledFuture<?> deadline =
          deadlines.schedule(() -> cut(tcp, late), left, TimeUnit.NANOSECONDS);
      try {
        return exchange(secured(tcp, address.getHost(), port), head, body);
      } catch (IOException e) {
        synchronized (late) {
          throw late[0] ? late(e) : e;
        }
      } finally {
        deadline.cancel(false);
      }
    }
  }

  /** A socket's own time-out is for one read; a server that dribbles would keep us for hours. */
  private static void cut(Socket tcp, boolean[] late) {
    synchronized (late) {
      late[0] = true;
    }
    try {
      tcp.close();
    } catch (IOException e) {
      // It is closed all the same.
    }
  }

  private static IOException late(IOException cause) {
    InterruptedIOException late = new InterruptedIOException("No whole answer came in time");
    late.initCause(cause);
    return late;
  }

  private SSLSocket secured(Socket tcp, String host, int port) throws IOException {
    SSLSocket socket = (SSLSocket) tls.createSocket(tcp, host, port, true);
    SSLParameters parameters = socket.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    socket.setSSLParameters(parameters);
    socket.startHandshake();
    return socket;
  }

  private static HttpAnswer exchange(SSLSocket socket, String head, byte[] body)
      throws IOException {
    socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
    socket.getOutputStream().write(body);
    socket.getOutputStream().flush();
    return HttpAnswer.read(socket.getInputStream());
  }

  private static String request(String method, URI address, String fields) {
    String path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    String query = address.getRawQuery() == null ? "" : "?" + address.getRawQuery();
    String port = address.getPort() < 0 ? "" : ":" + address.getPort();
    return """
        %s %s%s HTTP/1.1\r
        Host: %s%s\r
        %sUser-Agent: Rookery\r
        Connection: close\r
        \r
        """
        .formatted(method, path, query, address.getHost(), port, fields);
  }

  @Override
  public void close() {
    deadlines.shutdownNow();
  }
}
