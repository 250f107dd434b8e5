// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Answers that no server gives on demand: those of proxies, quotas, foreign programs. */
class AnswersTest {

  private static final String LOGIN =
      "{\"renewable\":false,\"auth\":{\"client_token\":\"t0ken\",\"accessor\":\"a\","
          + "\"policies\":[],\"lease_duration\":0,\"renewable\":false}}";

  private final SecretPath path = SecretPath.platform("keys/x");
  private final AtomicInteger requests = new AtomicInteger();
  private final Map<String, String> heads = new ConcurrentHashMap<>();
  private HttpServer http;
  private VaultStore store;
  private volatile int status = 200;
  private volatile String body = "{}";

  @BeforeEach
  void start() throws IOException {
    http = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    http.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean login = exchange.getRequestURI().getPath().endsWith("/login");
          if (!login) {
            requests.incrementAndGet();
          }
          exchange.getRequestHeaders().forEach((name, all) -> heads.put(name, all.get(0)));
          byte[] bytes = (login ? LOGIN : body).getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(login ? 200 : status, bytes.length);
          exchange.getResponseBody().write(bytes);
          exchange.close();
        });
    http.start();
    Server server = new Server(address(), "admin/team", null, Duration.ofSeconds(10), 4);
    Access access =
        new Access("rookery", "approle", "rookery", Path.of("none"), "role", Secret.of("s3cret"));
    store = new VaultStore(server, access, Clock.systemUTC());
  }

  private URI address() {
    return URI.create("http://127.0.0.1:" + http.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    store.close();
    http.stop(0);
  }

  private SecretStoreException readFailure(int status, String body) {
    this.status = status;
    this.body = body;
    SecretStoreException failure = Rig.failure(() -> store.read(path, 0));
    assertThat(failure.getMessage()).doesNotContain("t0ken", "s3cret");
    return failure;
  }

  @Test
  void lettersBeyondAsciiShouldSurviveEveryDefaultCharset() throws Exception {
    String text = "{\"a\":\"ä€😀\"}";
    body = text;
    Link link = new Link(HttpClient.newHttpClient(), 1, Duration.ofSeconds(10));

    String answer =
        link.send(HttpRequest.newBuilder(address()).build(), BodyHandlers.ofString()).body();

    assertThat(answer).isASCII();
    assertThat(Answer.of(200, answer).body()).isEqualTo(Answer.of(200, text).body());
  }

  @Test
  void namespaceAndRequestHeaderShouldGoWithEachRequest() {
    status = 404;
    body = "{\"errors\":[]}";
    assertThat(store.metadata(path)).isEmpty();
    assertThat(heads)
        .containsEntry("X-vault-namespace", "admin/team")
        .containsEntry("X-vault-request", "true")
        .containsEntry("X-vault-token", "t0ken");
  }

  @Test
  void pageOfAProxyShouldNotPassForAMissingSecret() {
    assertThat(readFailure(404, "<h1>Not found</h1>").kind()).isEqualTo(Kind.DENIED);
    assertThat(readFailure(200, "<h1>Welcome</h1>").kind()).isEqualTo(Kind.UNREACHABLE);
  }

  @Test
  void redirectShouldNotBeFollowed() {
    assertThat(readFailure(307, ""))
        .hasMessageContaining("status 307")
        .hasMessageContaining("set address to the server itself");
  }

  @Test
  void quotaShouldBeSaid() {
    assertThat(readFailure(429, "{\"errors\":[]}")).hasMessageContaining("quota");
  }

  @Test
  void serversWordsShouldStayAway() {
    // The driver has them in its exception's message.
    String words = "{\"errors\":[\"t0ken s3cret\"]}";
    assertThat(readFailure(400, words).kind()).isEqualTo(Kind.DENIED);
    SecretStoreException failure = readFailure(500, words);
    assertThat(failure.kind()).isEqualTo(Kind.UNREACHABLE);
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      assertThat(cause).hasMessageNotContaining("t0ken");
    }
  }

  @Test
  void readShouldBeTriedAgain() {
    readFailure(500, "{\"errors\":[]}");
    assertThat(requests).hasValue(3);
  }

  @Test
  void writeAndPurgeShouldBeSentOnce() {
    status = 500;
    Rig.failure(() -> store.write(path, Rig.data("x"), 0));
    assertThat(requests).hasValue(1);
    Rig.failure(() -> store.purge(path));
    assertThat(requests).hasValue(2);
  }

  @Test
  void whatAnotherProgramWroteShouldBeReadAsFarAsItCan() {
    body =
        "{\"data\":{\"data\":{\"port\":25,\"gone\":null,\"tls\":true},"
            + "\"metadata\":{\"version\":3,\"created_time\":\"2026-01-01T00:00:00.5Z\"}}}";
    assertThat(store.read(path, 0).orElseThrow().data().fields())
        .containsExactlyInAnyOrderEntriesOf(
            Map.of("port", Secret.of("25"), "tls", Secret.of("true")));
    assertThat(
            readFailure(
                    200,
                    "{\"data\":{\"data\":{},\"metadata\":{\"version\":1,"
                        + "\"created_time\":\"2026-01-01T00:00:00Z\"}}}")
                .kind())
        .isEqualTo(Kind.UNREADABLE);
  }

  @Test
  void versionThatIsToBeDeletedOneDayShouldNotBeDeletedNow() {
    body =
        "{\"data\":{\"current_version\":2,\"versions\":{"
            + "\"2\":{\"created_time\":\"2026-01-01T00:00:00Z\","
            + "\"deletion_time\":\"2999-01-01T00:00:00Z\",\"destroyed\":false},"
            + "\"1\":{\"created_time\":\"2026-01-01T00:00:00Z\","
            + "\"deletion_time\":\"2026-01-02T00:00:00Z\",\"destroyed\":false}}}}";

    var versions = store.metadata(path).orElseThrow().versions();

    assertThat(versions).extracting(version -> version.number()).containsExactly(1, 2);
    assertThat(versions.get(0).deletedAt()).isNotNull();
    assertThat(versions.get(1).deletedAt()).isNull();
  }

  @Test
  void mountThatDemandsChecksShouldBeSaid() {
    status = 400;
    body = "{\"errors\":[\"check-and-set parameter required for this call\"]}";
    assertThat(Rig.failure(() -> store.write(path, Rig.data("x"), -1)))
        .hasMessageContaining("cas_required");
  }

  @Test
  void changeOfNoVersionShouldAskNobody() {
    store.delete(path, Set.of());
    assertThat(requests).hasValue(0);
  }
}
