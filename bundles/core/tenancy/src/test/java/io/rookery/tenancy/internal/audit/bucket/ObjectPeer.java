// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.bucket;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.rookery.spi.plugin.Secret;
import io.rookery.tenancy.internal.audit.bucket.Sigv4.Asked;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * An object store that keeps what it is given over HTTP, and refuses whatever is not signed as
 * received: it signs the octets of the request anew. Lists two names a page.
 */
final class ObjectPeer implements AutoCloseable {

  static final Secret KEY = Secret.of("the secret key");
  private static final int PAGE = 2;

  final NavigableMap<String, byte[]> objects = new ConcurrentSkipListMap<>();
  final List<String> locks = new CopyOnWriteArrayList<>();
  volatile boolean failing;
  private final HttpServer server;

  ObjectPeer() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/heads", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/heads");
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      TreeMap<String, String> query = query(exchange.getRequestURI().getRawQuery());
      if (failing || !signed(exchange, query, body)) {
        send(
            exchange,
            failing ? 500 : 403,
            "<Error>the secret key</Error>".getBytes(StandardCharsets.UTF_8));
        return;
      }
      String name = exchange.getRequestURI().getPath().substring("/heads".length());
      if (exchange.getRequestMethod().equals("PUT")) {
        objects.put(name.substring(1), body);
        locks.add(
            exchange.getRequestHeaders().getFirst("x-amz-object-lock-mode")
                + " "
                + exchange.getRequestHeaders().getFirst("x-amz-object-lock-retain-until-date"));
        send(exchange, 200, new byte[0]);
      } else if (name.isEmpty()) {
        send(exchange, 200, list(query));
      } else {
        send(exchange, 200, objects.get(name.substring(1)));
      }
    }
  }

  private boolean signed(HttpExchange exchange, TreeMap<String, String> query, byte[] body) {
    TreeMap<String, String> headers = new TreeMap<>();
    String given = exchange.getRequestHeaders().getFirst("Authorization");
    String names = given.replaceAll(".*SignedHeaders=([^,]*),.*", "$1");
    for (String name : names.split(";")) {
      headers.put(name, exchange.getRequestHeaders().getFirst(name));
    }
    Instant time =
        Sigv4.TIME.parse(exchange.getRequestHeaders().getFirst("x-amz-date"), Instant::from);
    Asked asked =
        new Asked(exchange.getRequestMethod(), exchange.getRequestURI().getPath(), query, headers);
    return headers.keySet().containsAll(Set.of("host", "x-amz-date", "x-amz-content-sha256"))
        && headers.get("x-amz-content-sha256").equals(Sigv4.hex(Sigv4.sha256(body)))
        && given.equals(new Sigv4("eu-central-1", "AKID").sign(asked, KEY, time));
  }

  private static TreeMap<String, String> query(String raw) {
    TreeMap<String, String> query = new TreeMap<>();
    for (String pair : raw == null ? new String[0] : raw.split("&")) {
      String[] parts = pair.split("=", 2);
      query.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
    }
    return query;
  }

  private byte[] list(TreeMap<String, String> query) {
    String after = query.getOrDefault("continuation-token", "");
    List<String> names =
        objects.tailMap(after, false).keySet().stream()
            .filter(name -> name.startsWith(query.get("prefix")))
            .toList();
    StringBuilder xml =
        new StringBuilder("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">");
    List<String> shown = names.subList(0, Math.min(PAGE, names.size()));
    shown.forEach(name -> xml.append("<Contents><Key>" + name + "</Key></Contents>"));
    boolean more = names.size() > shown.size();
    xml.append("<IsTruncated>" + more + "</IsTruncated>");
    if (more) {
      xml.append(
          "<NextContinuationToken>" + shown.get(shown.size() - 1) + "</NextContinuationToken>");
    }
    return xml.append("</ListBucketResult>").toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    exchange.getResponseBody().write(body);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
