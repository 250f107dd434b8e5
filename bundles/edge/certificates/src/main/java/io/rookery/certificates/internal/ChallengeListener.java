// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain HTTP, for certificate authorities (RFC 8555 §8.3). Who asks for anything else at an
 * admitted host is sent on to HTTPS there; at other hosts there is nothing.
 */
@Component(
    service = ChallengeListener.class,
    immediate = true,
    configurationPid = HttpsConfiguration.PID,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=certificates)"))
public final class ChallengeListener {

  private static final Logger LOG = LoggerFactory.getLogger(ChallengeListener.class);
  private static final Pattern CHALLENGE =
      Pattern.compile("/\\.well-known/acme-challenge/([A-Za-z0-9_-]{1,200})");
  private static final Pattern HOST = Pattern.compile("([a-z0-9.-]{1,253})(:[0-9]{1,5})?");
  private static final int THREADS = 4;
  private static final int WAITING = 200;

  private final Transactions transactions;
  private final LinkHosts hosts;
  private final Clock clock;
  private final CertificateStore store = new CertificateStore();
  private final HttpServer server;
  private final ExecutorService executor;

  /** Listens where the configuration says, or nowhere. */
  @Activate
  public ChallengeListener(
      HttpsConfiguration configuration,
      @Reference Transactions transactions,
      @Reference LinkHosts hosts)
      throws IOException {
    this(
        transactions,
        hosts,
        Clock.systemUTC(),
        configuration.http_port() == 0
            ? null
            : new InetSocketAddress(configuration.https_address(), configuration.http_port()));
  }

  ChallengeListener(
      Transactions transactions, LinkHosts hosts, Clock clock, InetSocketAddress address)
      throws IOException {
    this.transactions = transactions;
    this.hosts = hosts;
    this.clock = clock;
    this.executor =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            work -> new Thread(work, "rookery-http"));
    this.server = address == null ? null : HttpServer.create(address, 50);
    if (server != null) {
      server.setExecutor(executor);
      server.createContext("/", this::answer);
      server.start();
    }
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        respond(exchange);
      } catch (RuntimeException e) {
        LOG.warn("A request over plain HTTP failed: {}", e.toString());
        send(exchange, 503, "");
      }
    }
  }

  private void respond(HttpExchange exchange) throws IOException {
    String given = exchange.getRequestHeaders().getFirst("Host");
    Matcher host = HOST.matcher(given == null ? "" : given.toLowerCase(Locale.ROOT));
    Matcher challenge = CHALLENGE.matcher(exchange.getRequestURI().getRawPath());
    if (!host.matches()) {
      send(exchange, 400, "");
    } else if (challenge.matches()) {
      Optional<String> known = find(challenge.group(1), host.group(1));
      send(exchange, known.isPresent() ? 200 : 404, known.orElse(""));
    } else if (hosts.admits(host.group(1))) {
      String target = path(exchange.getRequestURI().getRawSchemeSpecificPart());
      exchange.getResponseHeaders().set("Location", "https://" + host.group(1) + target);
      send(exchange, 308, "");
    } else {
      send(exchange, 404, "");
    }
  }

  /** Whatever was asked for, it begins with a single slash. */
  private static String path(String target) {
    return "/" + target.replaceAll("^/+", "");
  }

  private Optional<String> find(String token, String host) {
    return transactions.system(
        SystemPurpose.LINK_HOSTS, system -> store.answer(system, token, host, clock.instant()));
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    exchange.getResponseHeaders().set("Content-Type", "application/octet-stream");
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  /** Stops listening. */
  @Deactivate
  public void close() {
    if (server != null) {
      server.stop(0);
    }
    executor.shutdownNow();
  }
}
