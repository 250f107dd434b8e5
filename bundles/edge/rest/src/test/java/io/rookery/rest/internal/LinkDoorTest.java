// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What those may try who know a link, seen from the wire. */
class LinkDoorTest {

  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @BeforeEach
  void forget() {
    rest.links.log.clear();
    rest.links.hosts.clear();
  }

  /** Sends what no client library would, and returns the whole answer in lower case. */
  private static String raw(String request) throws Exception {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), rest.port())) {
      socket.setSoTimeout(20_000);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      socket.getOutputStream().flush();
      InputStream in = socket.getInputStream();
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
    }
  }

  private static String get(String target, String host) throws Exception {
    return raw("GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  @Test
  void theServiceShouldLearnUnderWhichHostARequestCame() throws Exception {
    for (String path : new String[] {"/t/c/known", "/t/o/known", "/u/known"}) {
      get(path, "links.heron.example");
      get(path, "Other.example:8443");
    }
    String form =
        "POST /u/known HTTP/1.1\r\nHost: links.heron.example\r\nConnection: close\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 26\r\n\r\n"
            + "List-Unsubscribe=One-Click";
    assertThat(raw(form)).startsWith("http/1.1 200");
    assertThat(rest.links.hosts)
        .containsExactly(
            "links.heron.example",
            "Other.example:8443",
            "links.heron.example",
            "Other.example:8443",
            "links.heron.example",
            "Other.example:8443",
            "links.heron.example");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t/c/known?url=https://evil.example/",
        "/t/c/known?redirect=//evil.example&target=javascript:alert(1)",
        "/t/c/known;url=https://evil.example",
        "/t/c/known#https://evil.example"
      })
  void whatStandsBesideATokenShouldNeverBecomeTheTarget(String path) throws Exception {
    String answer = get(path, "links.heron.example");
    assertThat(answer).doesNotContain("evil.example").doesNotContain("javascript:");
    if (answer.startsWith("http/1.1 302")) {
      assertThat(answer).contains("location: https://shop.example.org/?a=1&b=2\r\n");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/t/c///evil.example",
        "/t/c//evil.example/%2e%2e",
        "/t/c/https://evil.example/",
        "/t/c/https:%2f%2fevil.example",
        "/t/c/%5c%5cevil.example",
        "/t/c/x%0d%0aLocation:%20https://evil.example/",
        "/t/c/javascript:alert(1)",
        "/t/c/data:text/html,x",
        "/t/c/..%2f..%2fevil.example",
        "/t/c/",
        "/t/c",
        "//evil.example/t/c/known"
      })
  void aPathThatIsNoLinkShouldLeadNowhere(String path) throws Exception {
    String answer = get(path, "links.heron.example");
    assertThat(answer).doesNotContain("\r\nlocation:").doesNotStartWith("http/1.1 5");
    assertThat(answer).matches("(?s)http/1.1 4\\d\\d .*");
    assertThat(rest.links.log).isEmpty();
  }

  @Test
  void aKilledLinkShouldShowAPageAndLeadNowhere() throws Exception {
    HttpResponse<String> dead = rest.send(rest.open("/t/c/dead"));
    assertThat(dead.statusCode()).isEqualTo(410);
    assertThat(dead.headers().firstValue("Location")).isEmpty();
    assertThat(dead.body()).contains("Link removed");
  }

  @Test
  void aHeadShouldAnswerAsAGetAndLeaveNoTrace() throws Exception {
    HttpResponse<String> click =
        rest.send(rest.open("/t/c/known").method("HEAD", BodyPublishers.noBody()));
    assertThat(click.statusCode()).isEqualTo(302);
    assertThat(click.headers().firstValue("Location"))
        .contains("https://shop.example.org/?a=1&b=2");
    HttpResponse<String> open =
        rest.send(rest.open("/t/o/known").method("HEAD", BodyPublishers.noBody()));
    assertThat(open.statusCode()).isEqualTo(200);
    assertThat(open.headers().firstValue("Content-Type")).contains("image/gif");
    assertThat(rest.links.log).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "HEAD", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE"})
  void nothingButAPostShouldUnsubscribe(String method) throws Exception {
    String body = "List-Unsubscribe=One-Click&confirm=yes";
    raw(
        method
            + " /u/known?_method=POST&"
            + body
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "X-HTTP-Method-Override: POST\r\n"
            + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
            + body.length()
            + "\r\n\r\n"
            + body);
    assertThat(rest.links.log).isEmpty();
  }

  @Test
  void theOwnQuestionShouldBeAnsweredUnderItsHostAlone() throws Exception {
    assertThat(get("/t/p/proof", "links.heron.example"))
        .startsWith("http/1.1 200")
        .endsWith("answer");
    assertThat(get("/t/p/proof", "other.example")).startsWith("http/1.1 404");
    assertThat(get("/t/p/x", "links.heron.example")).startsWith("http/1.1 404");
  }

  @Test
  void proxiesShouldLearnWhichHostsTheyMayHaveCertificatesFor() throws Exception {
    rest.nanos += 2_000_000_000L;
    String ask = "/.well-known/rookery/ask";
    assertThat(rest.send(rest.open(ask + "?domain=links.heron.example")).statusCode())
        .isEqualTo(200);
    assertThat(rest.send(rest.open(ask + "?domain=other.example")).statusCode()).isEqualTo(404);
    assertThat(rest.send(rest.open(ask)).statusCode()).isEqualTo(404);
    int last = 0;
    for (int i = 0; i < 50; i++) {
      last = rest.send(rest.open(ask + "?domain=x" + i + ".example")).statusCode();
    }
    assertThat(last).isEqualTo(429);
    rest.nanos += 1_000_000_000L;
    assertThat(rest.send(rest.open(ask + "?domain=links.heron.example")).statusCode())
        .isEqualTo(200);
  }

  @Test
  void linksShouldBeKilledByCampaignNumberAddressOrAltogether() throws Exception {
    String campaign = "01900000-0000-7000-8000-00000000000a";
    String path = "/api/v1/dead-links";
    HttpResponse<String> one =
        rest.post(path, "{\"campaign_id\":\"" + campaign + "\",\"link\":2,\"reason\":\"Gone\"}");
    assertThat(one.statusCode()).as(one.body()).isEqualTo(201);
    assertThat(json(one).path("link").asInt()).isEqualTo(2);
    rest.post(path, "{\"campaign_id\":\"" + campaign + "\"}");
    rest.post(path, "{\"url\":\"https://links.heron.example/t/c/known\"}");
    rest.post(path, "{\"all\":true}");
    rest.send(rest.request(path + "/" + campaign).DELETE());
    assertThat(rest.links.log)
        .containsExactly(
            "kill " + campaign + " 2 Gone",
            "kill " + campaign + " null null",
            "kill 00000000-0000-0000-0000-000000000008 3 null",
            "kill null null null",
            "revive " + campaign);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"all\":false}",
        "{\"link\":1}",
        "{\"all\":true,\"link\":1}",
        "{\"all\":true,\"url\":\"https://x.example/t/c/known\"}"
      })
  void aRequestThatDoesNotNameOneThingShouldKillNothing(String body) throws Exception {
    problem(rest.post("/api/v1/dead-links", body), 422, "validation_failed");
    assertThat(rest.links.log).isEmpty();
  }
}
