// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.proxy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Passes requests on to a server, and answers back, with a twist. */
public final class HttpProxy implements AutoCloseable {

  private static final String AUTHORIZATION = "authorization";
  private static final Set<String> OF_THE_CLIENT =
      Set.of("host", "connection", "content-length", "expect", "upgrade", AUTHORIZATION);
  private static final Set<String> OF_THE_SERVER =
      Set.of("content-length", "transfer-encoding", "connection");
  private static final int THREADS = 8;

  private final URI server;
  private final Twist twist;
  private final HttpClient client =
      HttpClient.newBuilder().followRedirects(HttpClient.Redirect.NEVER).build();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS);
  private final HttpServer front;

  private HttpProxy(URI server, Twist twist) throws IOException {
    this.server = server;
    this.twist = twist;
    this.front = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
  }

  /** Opens it before a server. */
  public static HttpProxy before(URI server, Twist twist) throws IOException {
    HttpProxy proxy = new HttpProxy(server, twist);
    proxy.front.setExecutor(proxy.threads);
    proxy.front.createContext("/", proxy::pass);
    proxy.front.start();
    return proxy;
  }

  /** Returns where it answers. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + front.getAddress().getPort() + "/");
  }

  private void pass(HttpExchange exchange) throws IOException {
    String method = exchange.getRequestMethod();
    String path = exchange.getRequestURI().getPath();
    try (exchange) {
      HttpResponse<byte[]> answer =
          client.send(request(exchange, method, path), BodyHandlers.ofByteArray());
      answer.headers().map().entrySet().stream()
          .filter(header -> !OF_THE_SERVER.contains(header.getKey().toLowerCase(Locale.ROOT)))
          .forEach(
              header ->
                  header
                      .getValue()
                      .forEach(value -> exchange.getResponseHeaders().add(header.getKey(), value)));
      byte[] body = twist.body(method, path, answer.body());
      int status = twist.status(method, path, answer.statusCode());
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private HttpRequest request(HttpExchange exchange, String method, String path)
      throws IOException {
    URI target = URI.create(server + exchange.getRequestURI().toString().substring(1));
    byte[] body = exchange.getRequestBody().readAllBytes();
    HttpRequest.Builder request =
        HttpRequest.newBuilder(target).method(method, BodyPublishers.ofByteArray(body));
    exchange.getRequestHeaders().entrySet().stream()
        .filter(header -> !OF_THE_CLIENT.contains(header.getKey().toLowerCase(Locale.ROOT)))
        .forEach(header -> header.getValue().forEach(v -> request.header(header.getKey(), v)));
    String given = exchange.getRequestHeaders().getFirst(AUTHORIZATION);
    String passed = twist.authorization(method, path, given);
    if (passed != null) {
      request.header(AUTHORIZATION, passed);
    }
    return request.build();
  }

  @Override
  public void close() {
    front.stop(0);
    threads.shutdownNow();
  }
}
