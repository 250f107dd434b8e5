// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.contacts.ContactService.Filter;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RestConventionsTest {

  private static final String CONTACTS = "/api/v1/contacts";
  private static final String MISSING = CONTACTS + "/01900000-0000-7000-8000-00000000ffff";
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @Test
  void createShouldAnswerWithLocationAndEtag() throws Exception {
    HttpResponse<String> made =
        rest.post(CONTACTS, "{\"email\":\"a@example.org\",\"lawful_basis\":\"soft_opt_in\"}");
    assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
    String id = json(made).path("id").asText();
    assertThat(made.headers().firstValue("Location").orElseThrow()).isEqualTo(CONTACTS + "/" + id);
    assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
    assertThat(json(made).path("created_at").asText()).isEqualTo("2026-01-31T09:30:00Z");
    assertThat(json(made).path("lawful_basis").asText()).isEqualTo("soft_opt_in");
    assertThat(json(made).has("first_name")).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{",
        "",
        "null",
        "{\"email\":\"a@b.org\"} x",
        "{\"email\":\"a@b.org\"}{}",
        "{\"email\":\"a@b.org\",\"email\":\"c@d.org\"}",
        "{'email':1}",
        "\u0000"
      })
  void malformedJsonShouldBeAnInvalidRequest(String body) throws Exception {
    problem(rest.post(CONTACTS, body), 400, "invalid_request");
  }

  @Test
  void anAddressThatMayBeAboutToOpenShouldBeUnavailable() throws Exception {
    String address = "/api/v1/campaigns";
    problem(rest.get(address), 404, "not_found");
    rest.complete = false;
    try {
      HttpResponse<String> answer = rest.get(address);
      problem(answer, 503, "unavailable");
      assertThat(answer.headers().firstValue("Retry-After")).contains("2");
      problem(rest.get(MISSING), 404, "not_found");
    } finally {
      rest.complete = true;
    }
  }

  @Test
  void malformedJsonShouldNameThePosition() throws Exception {
    JsonNode problem =
        problem(rest.post(CONTACTS, "{\n  \"email\": oops}"), 400, "invalid_request");
    assertThat(problem.path("detail").asText()).contains("line 2");
  }

  @Test
  void bytesThatAreNoUtf8ShouldBeAnInvalidRequest() throws Exception {
    byte[] body = {'{', '"', (byte) 0xff, (byte) 0xfe, '"', ':', '1', '}'};
    problem(
        rest.send(
            rest.request(CONTACTS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body))),
        400,
        "invalid_request");
  }

  @Test
  void deeplyNestedJsonShouldBeAnInvalidRequest() throws Exception {
    String deep = "{\"attributes\":{\"a\":" + "[".repeat(5000) + "]".repeat(5000) + "}}";
    problem(rest.post(CONTACTS, deep), 400, "invalid_request");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"emial\":\"a@example.org\"}|/emial",
        "{\"email\":5}|/email",
        "{\"email\":{}}|/email",
        "{\"email\":\"a@example.org\",\"tracking_consent\":\"yes\"}|/tracking_consent",
        "{\"email\":\"a@example.org\",\"lawful_basis\":\"whim\"}|/lawful_basis",
        "{\"email\":\"a@example.org\",\"lawful_basis\":1}|/lawful_basis",
        "{\"email\":\"a@example.org\",\"attributes\":[]}|/attributes",
        "[]|''",
        "{\"first_name\":\"A\"}|/email",
        "{\"email\":\"wrong@example.org\"}|/country"
      })
  void fieldsThatDoNotFitShouldBeNamed(String body, String pointer) throws Exception {
    JsonNode problem = problem(rest.post(CONTACTS, body), 422, "validation_failed");
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo(pointer);
    assertThat(problem.at("/errors/0/detail").asText()).isNotBlank();
  }

  @Test
  void aBodyWithATooLargeLengthShouldBeRefused() throws Exception {
    String body = "{\"email\":\"" + "a".repeat(RestFixture.BODY_LIMIT) + "\"}";
    problem(rest.post(CONTACTS, body), 413, "too_large");
  }

  @Test
  void aTooLargeChunkedBodyShouldBeRefused() throws Exception {
    byte[] body = new byte[RestFixture.BODY_LIMIT + 1];
    problem(
        rest.send(
            rest.request(CONTACTS)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))),
        413,
        "too_large");
  }

  @Test
  void aBodyThatUnpacksToTooMuchShouldBeRefused() throws Exception {
    problem(
        rest.send(
            rest.request(CONTACTS)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(gzip(new byte[50 << 20])))),
        413,
        "too_large");
  }

  @Test
  void aGzipBodyShouldBeRead() throws Exception {
    byte[] body = gzip("{\"email\":\"z@example.org\"}".getBytes());
    assertThat(
            rest.send(
                    rest.request(CONTACTS)
                        .header("Content-Type", "application/json")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofByteArray(body)))
                .statusCode())
        .isEqualTo(201);
  }

  @Test
  void aBodyThatIsNotTheGzipItClaimsToBeShouldBeAnInvalidRequest() throws Exception {
    problem(
        rest.send(
            rest.request(CONTACTS)
                .header("Content-Type", "application/json")
                .header("Content-Encoding", "gzip")
                .POST(BodyPublishers.ofString("{\"email\":\"z@example.org\"}"))),
        400,
        "invalid_request");
  }

  private static byte[] gzip(byte[] body) throws Exception {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(body);
    }
    return packed.toByteArray();
  }

  @Test
  void aLongAnswerShouldBeCompressedOnRequest() throws Exception {
    HttpResponse<String> page =
        rest.send(rest.open("/api/openapi.json").header("Accept-Encoding", "gzip"));
    assertThat(page.headers().firstValue("Content-Encoding")).contains("gzip");
  }

  @Test
  void unknownAddressesShouldBeProblems() throws Exception {
    problem(rest.get("/api/v1/nothing"), 404, "not_found");
    problem(rest.get("/api/v2"), 404, "not_found");
    problem(rest.get("/nothing"), 404, "not_found");
    problem(rest.post("/api/v1/nothing", "{}"), 404, "not_found");
    problem(rest.get(CONTACTS + "/a/b/c"), 404, "not_found");
    problem(rest.get(CONTACTS + "/not-an-id"), 404, "not_found");
    problem(rest.get(MISSING), 404, "not_found");
  }

  @Test
  void anotherMethodShouldBeRefusedWithTheAllowedOnes() throws Exception {
    HttpResponse<String> response =
        rest.send(rest.request(CONTACTS).PUT(BodyPublishers.ofString("{}")));
    problem(response, 405, "method_not_allowed");
    assertThat(response.headers().firstValue("Allow").orElse("")).contains("POST");
  }

  @Test
  void anotherMediaTypeShouldBeRefused() throws Exception {
    problem(
        rest.send(
            rest.request(CONTACTS)
                .header("Content-Type", "text/xml")
                .POST(BodyPublishers.ofString("<a/>"))),
        415,
        "unsupported_media_type");
    problem(rest.send(rest.request(CONTACTS).header("Accept", "text/xml")), 406, "not_acceptable");
  }

  @Test
  void theRequestIdShouldBeTakenOrMade() throws Exception {
    HttpResponse<String> own = rest.send(rest.request(MISSING).header("Request-Id", "abc-1"));
    assertThat(problem(own, 404, "not_found").path("request_id").asText()).isEqualTo("abc-1");
    HttpResponse<String> bad = rest.send(rest.request(MISSING).header("Request-Id", "<script>"));
    assertThat(problem(bad, 404, "not_found").path("request_id").asText()).doesNotContain("<");
  }

  /** CXF reads the query before anything of ours has seen the request. */
  @ParameterizedTest
  @ValueSource(strings = {"/health/live?x=%zz", "/health/live?x=%", "/nothing?%z1=x"})
  void aMalformedQueryShouldBeAnInvalidRequestWithAnId(String path) throws Exception {
    String answer = raw("GET " + path + " HTTP/1.1\r\nRequest-Id: abc-2\r\n");
    assertThat(answer).startsWith("HTTP/1.1 400").contains("\"code\":\"invalid_request\"");
    assertThat(answer).contains("Request-Id: abc-2").contains("\"request_id\":\"abc-2\"");
    String made = raw("GET " + path + " HTTP/1.1\r\n");
    Matcher id = Pattern.compile("Request-Id: ([0-9a-f-]{36})\r\n").matcher(made);
    assertThat(id.find()).as(made).isTrue();
    assertThat(made).contains("\"request_id\":\"" + id.group(1) + "\"");
  }

  /** Sends what an HTTP client would refuse to. */
  private static String raw(String head) throws Exception {
    return Wire.send(rest.port(), head + "Host: localhost\r\nConnection: close\r\n\r\n");
  }

  @ParameterizedTest
  @CsvSource({"abc,abc", "'\"a b\"',", "'\"a-b\"',a-b", "' x ',x"})
  void theIdempotencyKeyShouldReachTheService(String header, String key) throws Exception {
    HttpResponse<String> response = create(header, "{\"email\":\"i@example.org\"}");
    if (key == null) {
      problem(response, 400, "invalid_request");
      return;
    }
    TenantContext context = rest.contacts.context;
    assertThat(context.idempotencyKey().key()).isEqualTo(key);
    assertThat(context.idempotencyKey().fingerprint()).hasSize(64);
    assertThat(context.tenantId()).isEqualTo(FakeAuthenticator.TENANT);
    assertThat(context.actor().id()).isEqualTo(FakeAuthenticator.KEY.toString());
  }

  @Test
  void theFingerprintShouldTellBodiesApart() throws Exception {
    create("k", "{\"email\":\"i@example.org\"}");
    String first = rest.contacts.context.idempotencyKey().fingerprint();
    create("k", "{\"email\":\"i@example.org\"}");
    assertThat(rest.contacts.context.idempotencyKey().fingerprint()).isEqualTo(first);
    create("k", "{\"email\":\"j@example.org\"}");
    assertThat(rest.contacts.context.idempotencyKey().fingerprint()).isNotEqualTo(first);
  }

  @Test
  void aBadIdempotencyKeyShouldBeRefused() throws Exception {
    problem(create("\"", "{}"), 400, "invalid_request");
    problem(create("k".repeat(256), "{}"), 400, "invalid_request");
  }

  private static HttpResponse<String> create(String key, String body) throws Exception {
    return rest.send(
        rest.request(CONTACTS)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body)));
  }

  @Test
  void ifMatchShouldGuardAChange() throws Exception {
    String path =
        CONTACTS
            + "/"
            + json(rest.post(CONTACTS, "{\"email\":\"m@example.org\"}")).path("id").asText();
    HttpResponse<String> changed = patch(path, "\"1\"");
    assertThat(changed.statusCode()).as(changed.body()).isEqualTo(200);
    assertThat(changed.headers().firstValue("ETag")).contains("\"2\"");
    problem(patch(path, "\"1\""), 412, "precondition_failed");
    problem(patch(path, "W/\"2\""), 412, "precondition_failed");
    problem(patch(path, "2"), 400, "invalid_request");
    assertThat(patch(path, "*").statusCode()).isEqualTo(200);
    assertThat(patch(path, null).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> patch(String path, String tag) throws Exception {
    var request =
        rest.request(path)
            .header("Content-Type", "application/json")
            .method("PATCH", BodyPublishers.ofString("{\"first_name\":\"M\"}"));
    return rest.send(tag == null ? request : request.header("If-Match", tag));
  }

  @Test
  void listsShouldHaveDataAndCursor() throws Exception {
    HttpResponse<String> page = rest.get(CONTACTS + "?limit=7&cursor=good&attribute.team=red");
    assertThat(json(page).path("data").isArray()).isTrue();
    assertThat(json(page).path("next_cursor").asText()).isEqualTo("good");
    assertThat(rest.contacts.page.limit()).isEqualTo(7);
    assertThat(rest.contacts.filter.attributes()).containsEntry("team", "red");
  }

  @Test
  void anEmptyParameterShouldBeAsGoodAsNone() throws Exception {
    HttpResponse<String> page = rest.get(CONTACTS + "?limit=&cursor=&list_id=&email=");
    assertThat(page.statusCode()).as(page.body()).isEqualTo(200);
    assertThat(rest.contacts.page).isEqualTo(PageRequest.FIRST);
    assertThat(rest.contacts.filter).isEqualTo(new Filter(null, null, null));
    assertThat(rest.get(CONTACTS + "?limit").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(strings = {"limit=0", "limit=501", "limit=x", "cursor=bad", "list_id=x"})
  void badQueriesShouldBeInvalidRequests(String query) throws Exception {
    problem(rest.get(CONTACTS + "?" + query), 400, "invalid_request");
  }

  @Test
  void unknownErrorsShouldBeBare() throws Exception {
    HttpResponse<String> response = rest.post(CONTACTS, "{\"email\":\"bug@example.org\"}");
    problem(response, 500, "internal");
    assertThat(response.body()).doesNotContain("secret internals").doesNotContain("Exception");
  }

  @Test
  void anAnswerThatCannotBeWrittenShouldNotBeCutOff() throws Exception {
    HttpResponse<String> response = rest.post(CONTACTS, "{\"email\":\"unwritable@example.org\"}");
    problem(response, 500, "internal");
    assertThat(response.body()).doesNotContain("secret internals");
  }

  @Test
  void errorsOfServicesShouldKeepTheirCodeAndWait() throws Exception {
    problem(rest.post(CONTACTS, "{\"email\":\"taken@example.org\"}"), 409, "conflict");
    HttpResponse<String> sealed = rest.post(CONTACTS, "{\"email\":\"sealed@example.org\"}");
    problem(sealed, 503, "unavailable");
    assertThat(sealed.headers().firstValue("Retry-After")).contains("7");
  }

  @Test
  void answersShouldCarrySecurityHeadersAndNoCors() throws Exception {
    HttpResponse<String> response =
        rest.send(rest.request(CONTACTS).header("Origin", "https://evil.example"));
    assertThat(response.headers().firstValue("X-Content-Type-Options")).contains("nosniff");
    assertThat(response.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    assertThat(response.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(response.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
  }
}
