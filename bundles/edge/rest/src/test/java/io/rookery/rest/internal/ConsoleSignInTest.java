// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The page signs people in; no script gets hold of what keeps them signed in. */
class ConsoleSignInTest {

  private static final String SESSION = "/console/session";
  private static final String ADA = "{\"email\":\"ada@example.org\",\"password\":\"grey otter\"}";
  private static final String COOKIE = "rookery=rky_refresh_x";
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.get("/health/live");
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @BeforeEach
  void forget() {
    rest.people.ended = null;
  }

  private static HttpRequest.Builder page(String path, String body) {
    return rest.open(path)
        .header("Rookery-Console", "1")
        .header("Content-Type", "application/json")
        .POST(BodyPublishers.ofString(body));
  }

  private static String cookie(HttpResponse<String> answer) {
    return answer.headers().firstValue("Set-Cookie").orElse("");
  }

  @Test
  void aPersonShouldGetAnAccessTokenAndACookieThatNoScriptReads() throws Exception {
    HttpResponse<String> answer = rest.send(page(SESSION, ADA));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode session = json(answer).path("session");
    assertThat(session.path("access_token").asText()).isEqualTo("rky_access_x");
    assertThat(session.path("tenants").findValuesAsText("slug")).containsExactly("acme", "other");
    assertThat(answer.body()).doesNotContain("rky_refresh");
    assertThat(cookie(answer))
        .startsWith(COOKIE + ";")
        .contains("; Path=/console;", "; HttpOnly", "; SameSite=Strict")
        .doesNotContain("; Secure", "Domain");
    assertThat(rest.people.credentials.email()).isEqualTo("ada@example.org");
  }

  @Test
  void behindTlsTheCookieShouldNeverGoInClear() throws Exception {
    HttpResponse<String> answer =
        rest.send(page(SESSION, ADA).header("X-Forwarded-Proto", "https"));
    assertThat(cookie(answer)).startsWith("__Secure-rookery=rky_refresh_x;").endsWith("; Secure");
    problem(
        rest.send(
            page(SESSION + "/refresh", "")
                .header("X-Forwarded-Proto", "https")
                .header("Cookie", COOKIE)),
        401,
        "unauthenticated");
  }

  @Test
  void aCodeShouldBeAskedForAndTaken() throws Exception {
    HttpResponse<String> asked =
        rest.send(page(SESSION, "{\"email\":\"two@example.org\",\"password\":\"grey otter\"}"));
    assertThat(cookie(asked)).isEmpty();
    String challenge = json(asked).at("/challenge/token").asText();
    HttpResponse<String> answer =
        rest.send(
            page(SESSION + "/verify", "{\"challenge\":\"" + challenge + "\",\"code\":\"123456\"}"));
    assertThat(cookie(answer)).startsWith(COOKIE);
    problem(
        rest.send(
            page(SESSION + "/verify", "{\"challenge\":\"" + challenge + "\",\"code\":\"0\"}")),
        401,
        "unauthenticated");
  }

  @Test
  void theCookieShouldGiveTheNextTokenAndTheNextCookie() throws Exception {
    HttpResponse<String> next =
        rest.send(page(SESSION + "/refresh", "").header("Cookie", "a=b; " + COOKIE));
    assertThat(next.statusCode()).as(next.body()).isEqualTo(200);
    assertThat(cookie(next)).startsWith(COOKIE);
    problem(rest.send(page(SESSION + "/refresh", "")), 401, "unauthenticated");
    problem(
        rest.send(page(SESSION + "/refresh", "").header("Cookie", "rookery=stolen")),
        401,
        "unauthenticated");
  }

  @Test
  void anotherTenantShouldBeEnteredByTheCookieAlone() throws Exception {
    HttpResponse<String> there =
        rest.send(page(SESSION + "/enter", "{\"tenant\":\"other\"}").header("Cookie", COOKIE));
    assertThat(there.statusCode()).as(there.body()).isEqualTo(200);
    problem(
        rest.send(
            page(SESSION + "/enter", "{\"tenant\":\"other\"}")
                .header("Authorization", "Bearer rky_access_owner")),
        401,
        "unauthenticated");
    problem(
        rest.send(page(SESSION + "/enter", "{\"tenant\":\"x\"}").header("Cookie", COOKIE)),
        404,
        "not_found");
  }

  @ParameterizedTest
  @ValueSource(strings = {COOKIE, "rookery=over", "a=b"})
  void signingOutShouldEndTheSessionAndTheCookie(String cookie) throws Exception {
    HttpResponse<String> answer =
        rest.send(
            rest.open(SESSION).header("Rookery-Console", "1").header("Cookie", cookie).DELETE());
    assertThat(answer.statusCode()).isEqualTo(204);
    assertThat(cookie(answer)).startsWith("rookery=;").contains("Max-Age=0");
    UUID expected = cookie.equals(COOKIE) ? FakePeople.SESSION : null;
    assertThat(rest.people.ended).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({
    "x-other, 1",
    "Sec-Fetch-Site, cross-site",
    "Sec-Fetch-Site, same-site",
    "Origin, https://evil.example",
    "Origin, null"
  })
  void anotherSiteShouldBeAbleToDoNothing(String header, String value) throws Exception {
    for (String path : new String[] {"", "/verify", "/refresh", "/enter"}) {
      HttpRequest.Builder asked =
          rest.open(SESSION + path)
              .header("Content-Type", "application/json")
              .header("Cookie", COOKIE)
              .header(header, value)
              .POST(BodyPublishers.ofString("{}"));
      if (!header.equals("x-other")) {
        asked.header("Rookery-Console", "1");
      }
      HttpResponse<String> answer = rest.send(asked);
      problem(answer, 403, "forbidden");
      assertThat(cookie(answer)).isEmpty();
    }
    HttpRequest.Builder out = rest.open(SESSION).header("Cookie", COOKIE).header(header, value);
    problem(rest.send(out.DELETE()), 403, "forbidden");
    assertThat(rest.people.ended).isNull();
  }
}
