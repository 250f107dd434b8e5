// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rookery.rest.internal.door.AnswerHeaders;
import io.rookery.rest.internal.metrics.Metrics;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/** Gives the figures at {@code /metrics} on a listener of their own, away from the API. */
@Component(service = MetricsListener.class, immediate = true, configurationPid = "io.rookery.rest")
public final class MetricsListener {

  private static final String TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpServer server;
  private final ExecutorService executor;
  private final Metrics metrics;

  /** Listens where the configuration says. */
  @Activate
  public MetricsListener(@Reference Metrics metrics, RestConfiguration configuration)
      throws IOException {
    this(
        metrics,
        new InetSocketAddress(configuration.metrics_address(), configuration.metrics_port()));
  }

  MetricsListener(Metrics metrics, InetSocketAddress address) throws IOException {
    this.metrics = metrics;
    this.server = HttpServer.create(address, 16);
    this.executor = Executors.newFixedThreadPool(2, work -> new Thread(work, "rookery-metrics"));
    server.setExecutor(executor);
    server.createContext("/", this::answer);
    server.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      int status = status(exchange);
      byte[] body = (status == 200 ? metrics.scrape() : "").getBytes(StandardCharsets.UTF_8);
      AnswerHeaders.each(exchange.getResponseHeaders()::set);
      exchange.getResponseHeaders().set("Content-Type", TYPE);
      if (status == 405) {
        exchange.getResponseHeaders().set("Allow", "GET");
      }
      exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      exchange.getResponseBody().write(body);
    }
  }

  private static int status(HttpExchange exchange) {
    if (!exchange.getRequestURI().getPath().equals("/metrics")) {
      return 404;
    }
    return exchange.getRequestMethod().equals("GET") ? 200 : 405;
  }

  /** Stops listening. */
  @Deactivate
  public void close() {
    server.stop(0);
    executor.shutdownNow();
  }
}
