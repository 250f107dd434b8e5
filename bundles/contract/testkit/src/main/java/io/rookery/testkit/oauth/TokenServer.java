// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.oauth;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.rookery.testkit.mail.TestCertificate;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * An authorization server on a free port of the loopback interface: codes with proof keys (RFC
 * 6749, RFC 7636), renewal, revocation, and introspection (RFC 7662) for mail servers that want to
 * know whose a token is. It can fail as told. What people do in a browser is {@link #consent} and
 * {@link #deny}. Thread-safe.
 */
public final class TokenServer implements AutoCloseable {

  private final HttpServer server;
  private final String scheme;
  private final ExecutorService threads = Executors.newCachedThreadPool(TokenServer::thread);
  private final CountDownLatch closed = new CountDownLatch(1);
  private final AtomicInteger requests = new AtomicInteger();
  private final Grants grants;
  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();
  private volatile TokenFault fault = TokenFault.NONE;

  /**
   * Starts a server with one client.
   *
   * @param certificate what it shows, or null to speak in clear, as only introspection may
   * @param clock what tokens expire by
   */
  public TokenServer(
      String clientId, String clientSecret, TestCertificate certificate, Clock clock) {
    grants = new Grants(clientId, clientSecret, clock);
    scheme = certificate == null ? "http" : "https";
    try {
      InetSocketAddress place = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
      if (certificate == null) {
        server = HttpServer.create(place, 64);
      } else {
        HttpsServer secured = HttpsServer.create(place, 64);
        secured.setHttpsConfigurator(new HttpsConfigurator(certificate.server()));
        server = secured;
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/token", this::token);
    server.createContext("/introspect", this::introspect);
    server.start();
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "token-server");
    thread.setDaemon(true);
    return thread;
  }

  /** Returns the port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns the address of the page to consent at; it is not served, see {@link #consent}. */
  public String authorizationEndpoint() {
    return at("/authorize");
  }

  /** Returns the address for codes and refresh tokens. */
  public String tokenEndpoint() {
    return at("/token");
  }

  /** Returns the address at which mail servers ask about tokens. */
  public String introspectionEndpoint() {
    return at("/introspect");
  }

  private String at(String path) {
    return scheme + "://localhost:" + port() + path;
  }

  /** Lets access tokens that are given from now on live this long. */
  public TokenServer lifetime(Duration lifetime) {
    grants.lifetime(lifetime);
    return this;
  }

  /** Gives a new refresh token at each renewal; the one before is void then. */
  public TokenServer rotating() {
    grants.rotate();
    return this;
  }

  /** Gives access tokens alone from now on. */
  public TokenServer withoutRefreshTokens() {
    grants.withoutRefreshTokens();
    return this;
  }

  /** Fails so from now on, or no more. */
  public void fail(TokenFault how) {
    fault = how;
  }

  /** Does something once, while the next request for a token is out, before it is answered. */
  public void meanwhile(Runnable work) {
    meanwhile.set(work);
  }

  /** Returns how many requests for tokens came. */
  public int requests() {
    return requests.get();
  }

  /** Has a person consent; returns where the browser is sent to. */
  public URI consent(URI authorizationUrl, String user) {
    Map<String, String> query = Forms.parse(authorizationUrl.getRawQuery());
    String code = grants.code(query, user);
    return Forms.redirect(query, "code", code);
  }

  /** Has a person refuse; returns where the browser is sent to. */
  public URI deny(URI authorizationUrl) {
    return Forms.redirect(Forms.parse(authorizationUrl.getRawQuery()), "error", "access_denied");
  }

  /** Takes back all that a person consented to, tokens that are out included. */
  public void revoke(String user) {
    grants.revoke(user);
  }

  /** Gives a token outright, as if its user had just consented. */
  public String accessToken(String user) {
    return grants.accessToken(user);
  }

  /** Returns whose an access token is, or null where it is not valid now. */
  public String userOf(String accessToken) {
    return grants.userOf(accessToken);
  }

  private void token(HttpExchange exchange) throws IOException {
    requests.incrementAndGet();
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    Runnable work = meanwhile.getAndSet(null);
    if (work != null) {
      work.run();
    }
    if (fault == TokenFault.SILENT) {
      awaitEnd();
      exchange.close();
      return;
    }
    if (fault != TokenFault.NONE) {
      fault.send(exchange);
      return;
    }
    Grants.Answer answer = grants.token(Forms.parse(form));
    send(exchange, answer.status(), answer.json());
  }

  private void awaitEnd() {
    try {
      closed.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void introspect(HttpExchange exchange) throws IOException {
    String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    String query = exchange.getRequestURI().getRawQuery();
    Map<String, String> asked = Forms.parse(query == null ? form : query);
    String user = grants.userOf(asked.getOrDefault("token", ""));
    String json =
        user == null
            ? "{\"active\":false}"
            : "{\"active\":true,\"username\":\"" + user + "\",\"email\":\"" + user + "\"}";
    send(exchange, 200, json);
  }

  private static void send(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  @Override
  public void close() {
    closed.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
