// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.rest.internal.door.AnswerHeaders;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What every answer has, whoever makes it, and what no request gets. */
class DoorTest {

  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    // The container is known by its first request.
    rest.get("/health/live");
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  private static String ask(String method, String path, String... headers) throws IOException {
    return Wire.send(
        rest.port(),
        method
            + " "
            + path
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + String.join("", List.of(headers).stream().map(line -> line + "\r\n").toList())
            + "\r\n");
  }

  private static void assertGuarded(String answer) {
    AnswerHeaders.each(
        (name, value) -> assertThat(Wire.header(answer, name)).as(name + answer).isPresent());
    assertThat(Wire.header(answer, "X-Content-Type-Options")).contains("nosniff");
    assertThat(Wire.header(answer, "Content-Security-Policy").orElseThrow())
        .startsWith("default-src 'none'")
        .contains("base-uri 'none'");
    assertThat(Wire.header(answer, "Server")).isEmpty();
    assertThat(Wire.header(answer, "X-Powered-By")).isEmpty();
    assertThat(answer).doesNotContainIgnoringCase("jetty");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/assets/app.js",
        "/assets/mail.html",
        "/api",
        "/api/docs/",
        "/api/docs/docs.js",
        "/api/openapi.json",
        "/api/v1/contacts",
        "/api/v1/none",
        "/u/known",
        "/u/unknown",
        "/t/o/known",
        "/t/c/known",
        "/t/c/unknown",
        "/.well-known/rookery/ask?domain=x.example",
        "/health/live",
        "/nothing/here",
        "/%",
        "/api/%2e%2e/x",
        "/a?%zz"
      })
  void everyAnswerShouldCarryTheHeaders(String path) throws Exception {
    assertGuarded(ask("GET", path, "Authorization: Bearer rky_all"));
    assertGuarded(ask("HEAD", path));
    assertGuarded(ask("DELETE", path));
  }

  @Test
  void whatIsNoRequestShouldGetThemToo() throws Exception {
    assertGuarded(Wire.send(rest.port(), "NONSENSE\r\n\r\n"));
    assertGuarded(Wire.send(rest.port(), "GET / HTTP/9.9\r\n\r\n"));
    assertGuarded(ask("GET", "/", "Bad Header : x"));
    assertThat(ask("GET", "/", "X-Long: " + "x".repeat(20_000)))
        .startsWith("HTTP/1.1 431")
        .satisfies(DoorTest::assertGuarded);
    assertThat(ask("GET", "/" + "x".repeat(20_000)))
        .startsWith("HTTP/1.1 414")
        .satisfies(DoorTest::assertGuarded);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "PROPFIND", "get"})
  void aMethodOfNoResourceShouldEchoNothing(String method) throws Exception {
    String answer = ask(method, "/api/v1/contacts", "Authorization: Bearer rky_all");
    assertThat(answer).startsWith("HTTP/1.1 405").doesNotContain("rky_all");
    assertThat(Wire.header(answer, "Allow").orElse("")).contains("GET").doesNotContain("TRACE");
    assertGuarded(answer);
  }

  @ParameterizedTest
  @CsvSource({"/", "/api/v1/contacts", "/api/v1/sessions", "/api/openapi.json", "/u/known"})
  void anotherOriginShouldBeAllowedNothing(String path) throws Exception {
    for (String method : List.of("OPTIONS", "GET", "POST")) {
      String answer =
          ask(
              method,
              path,
              "Origin: https://evil.example",
              "Access-Control-Request-Method: POST",
              "Access-Control-Request-Headers: authorization,content-type",
              "Content-Length: 0");
      assertThat(answer.toLowerCase(java.util.Locale.ROOT)).doesNotContain("access-control-");
      assertThat(Wire.header(answer, "Cross-Origin-Resource-Policy")).contains("same-origin");
    }
  }

  @Test
  void onlyWhoComesByTlsShouldBeToldToStayThere() throws Exception {
    assertThat(Wire.header(ask("GET", "/health/live"), "Strict-Transport-Security")).isEmpty();
    assertThat(
            Wire.header(
                ask("GET", "/health/live", "X-Forwarded-Proto: https"),
                "Strict-Transport-Security"))
        .as("the fixture trusts its own host as a proxy")
        .contains("max-age=15552000");
  }

  @Test
  void noPolicyShouldAllowWhatStandsInAPage() throws Exception {
    for (String path : List.of("/", "/api/docs/", "/u/known", "/t/c/unknown", "/assets/app.js")) {
      assertThat(Wire.header(ask("GET", path), "Content-Security-Policy").orElseThrow())
          .doesNotContain("unsafe");
    }
    String frame = ask("GET", "/assets/mail.html");
    assertThat(Wire.header(frame, "Content-Security-Policy").orElseThrow())
        .contains("sandbox allow-same-origin")
        .doesNotContain("script")
        .doesNotContain("allow-scripts");
    assertThat(Wire.header(frame, "X-Frame-Options")).contains("SAMEORIGIN");
  }

  @Test
  void aHeadThatComesByDropsShouldBeCutOff() throws Exception {
    try (Socket socket = Wire.open(rest.port())) {
      long begun = System.nanoTime();
      socket
          .getOutputStream()
          .write("GET / HTTP/1.1\r\nHost: x\r\nX-A: ".getBytes(StandardCharsets.US_ASCII));
      CountDownLatch gone = new CountDownLatch(1);
      Thread drops = new Thread(() -> drip(socket, gone));
      drops.start();
      assertThat(socket.getInputStream().read()).isEqualTo(-1);
      gone.countDown();
      drops.join();
      assertThat(Duration.ofNanos(System.nanoTime() - begun))
          .isBetween(Duration.ofSeconds(10), Duration.ofSeconds(40));
    }
    assertThat(ask("GET", "/health/live")).startsWith("HTTP/1.1 200");
  }

  private static void drip(Socket socket, CountDownLatch gone) {
    try {
      while (!gone.await(1, TimeUnit.SECONDS)) {
        socket.getOutputStream().write('a');
      }
    } catch (IOException e) {
      gone.countDown();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void jsonShouldNotNestWithoutEnd() throws Exception {
    String deep = "{\"attributes\":" + "{\"a\":".repeat(200) + "1" + "}".repeat(201);
    RestFixture.problem(rest.post("/api/v1/contacts", deep), 400, "invalid_request");
  }
}
