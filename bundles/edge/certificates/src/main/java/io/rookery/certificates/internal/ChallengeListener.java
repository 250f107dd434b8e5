// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.mailboxes.LinkHosts;
import io.rookery.persistence.Schema;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.handler.AbstractHandler;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Plain HTTP, for certificate authorities (RFC 8555 §8.3). Who asks for anything else at an
 * admitted host is sent on to HTTPS there; at other hosts there is nothing. Connections that say
 * nothing hold no thread and end by themselves, as anybody may open them.
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
  private static final int THREADS = 16;
  private static final int SPARE = 4;

  /** Who says nothing for so long is gone; until then it costs a connection, and no thread. */
  private static final Duration IDLE = Duration.ofSeconds(10);

  private static final Duration STOPPING = Duration.ofSeconds(2);

  private final Transactions transactions;
  private final LinkHosts hosts;
  private final Clock clock;
  private final CertificateStore store = new CertificateStore();
  private final Server server;
  private final ServerConnector connector;

  /** Listens where the configuration says, or nowhere. */
  @Activate
  public ChallengeListener(
      HttpsConfiguration configuration,
      @Reference Transactions transactions,
      @Reference LinkHosts hosts)
      throws Exception {
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
      throws Exception {
    this.transactions = transactions;
    this.hosts = hosts;
    this.clock = clock;
    QueuedThreadPool threads = new QueuedThreadPool(THREADS, SPARE);
    threads.setName("rookery-http");
    this.server = new Server(threads);
    this.connector = new ServerConnector(server, 1, 1, http());
    if (address != null) {
      listen(address);
    }
  }

  private static HttpConnectionFactory http() {
    HttpConfiguration configuration = new HttpConfiguration();
    configuration.setSendServerVersion(false);
    return new HttpConnectionFactory(configuration);
  }

  private void listen(InetSocketAddress address) throws Exception {
    connector.setHost(address.getHostString());
    connector.setPort(address.getPort());
    connector.setIdleTimeout(IDLE.toMillis());
    server.addConnector(connector);
    server.setStopTimeout(STOPPING.toMillis());
    server.setHandler(
        new AbstractHandler() {
          @Override
          public void handle(
              String target,
              Request request,
              HttpServletRequest servletRequest,
              HttpServletResponse response)
              throws IOException {
            request.setHandled(true);
            answer(request, response);
          }
        });
    boolean started = false;
    try {
      server.start();
      started = true;
    } finally {
      if (!started) {
        close();
      }
    }
  }

  int port() {
    return connector.getLocalPort();
  }

  private void answer(Request request, HttpServletResponse response) throws IOException {
    try {
      respond(request, response);
    } catch (RuntimeException e) {
      LOG.warn("A request over plain HTTP failed: {}", e.toString());
      send(response, 503, "");
    }
  }

  private void respond(Request request, HttpServletResponse response) throws IOException {
    String given = request.getHeader("Host");
    Matcher host = HOST.matcher(given == null ? "" : given.toLowerCase(Locale.ROOT));
    Matcher challenge = CHALLENGE.matcher(request.getRequestURI());
    if (!host.matches()) {
      send(response, 400, "");
    } else if (challenge.matches()) {
      Optional<String> known = find(challenge.group(1), host.group(1));
      send(response, known.isPresent() ? 200 : 404, known.orElse(""));
    } else if (hosts.admits(host.group(1))) {
      String target = path(request.getHttpURI().getPathQuery());
      response.setHeader("Location", "https://" + host.group(1) + target);
      send(response, 308, "");
    } else {
      send(response, 404, "");
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

  private static void send(HttpServletResponse response, int status, String text)
      throws IOException {
    byte[] body = text.getBytes(StandardCharsets.US_ASCII);
    response.setStatus(status);
    response.setHeader("Cache-Control", "no-store");
    response.setHeader("Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setContentType("application/octet-stream");
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
  }

  /** Stops listening. */
  @Deactivate
  public void close() throws Exception {
    server.stop();
  }
}
