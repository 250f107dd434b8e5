// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.mailboxes.MailboxConsents.Ending;
import io.rookery.api.mailboxes.MailboxConsents.ProviderAnswer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Mailboxes connected by consent and by the file. */
class MailboxConnectionTest {

  private static final String MAILBOX = "/api/v1/mailboxes/" + new UUID(0, 1);
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @ParameterizedTest
  @CsvSource({
    "CONNECTED, 200, The mailbox is connected",
    "DENIED, 200, You did not consent",
    "UNKNOWN, 400, unknown",
    "REFUSED, 400, no lasting permission",
    "UNAVAILABLE, 503, could not be completed"
  })
  void theCallbackShouldEndInAPlainPage(Ending ending, int status, String words) throws Exception {
    rest.consents.ending = ending;
    HttpResponse<String> page =
        rest.send(
            rest.open("/oauth/callback?state=st%2Dte&code=c0de&scope=x&error=%3Cscript%3E")
                .header("Accept", "text/html,*/*"));
    assertThat(page.statusCode()).isEqualTo(status);
    assertThat(page.body()).contains(words).doesNotContain("<script", "c0de", "st-te");
    // The new tokens may stand in the store by then.
    assertThat(page.body().contains("othing was changed"))
        .isEqualTo(ending != Ending.CONNECTED && ending != Ending.UNAVAILABLE);
    assertThat(page.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
    assertThat(page.headers().firstValue("Content-Security-Policy").orElse(""))
        .contains("default-src 'none'");
    assertThat(page.headers().firstValue("Referrer-Policy")).contains("no-referrer");
    assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
    assertThat(rest.consents.answer).isEqualTo(new ProviderAnswer("st-te", "c0de", "<script>"));
    assertThat(rest.consents.answer.toString()).doesNotContain("c0de", "st-te");
  }

  @Test
  void theCallbackShouldTakeNothingElse() throws Exception {
    rest.consents.ending = Ending.UNKNOWN;
    assertThat(rest.send(rest.open("/oauth/callback")).statusCode()).isEqualTo(400);
    assertThat(rest.consents.answer).isEqualTo(new ProviderAnswer(null, null, null));
    HttpResponse<String> post =
        rest.send(rest.open("/oauth/callback").POST(BodyPublishers.ofString("state=x")));
    assertThat(post.statusCode()).isEqualTo(405);
  }

  @Test
  void aConsentShouldBeginWithAKeyAlone() throws Exception {
    HttpResponse<String> started = rest.post(MAILBOX + "/oauth/start", "{\"provider\":\"acme\"}");
    assertThat(started.statusCode()).as(started.body()).isEqualTo(200);
    assertThat(json(started).path("authorization_url").asText())
        .isEqualTo(FakeConsents.PAGE.toString());
    assertThat(json(started).path("expires_at").asText()).isEqualTo("1970-01-01T00:00:00Z");
    problem(rest.post(MAILBOX + "/oauth/start", "{}"), 422, "validation_failed");
    problem(
        rest.post(MAILBOX + "/oauth/start", "{\"provider\":\"other\"}"), 422, "validation_failed");
    problem(
        rest.send(
            rest.open(MAILBOX + "/oauth/start")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"provider\":\"acme\"}"))),
        401,
        "unauthenticated");
    JsonNode consent = json(rest.get(MAILBOX + "/oauth"));
    assertThat(consent.path("connected").asBoolean(true)).isFalse();
    assertThat(consent.path("provider").asText()).isEqualTo("acme");
    assertThat(consent.at("/providers/0").asText()).isEqualTo("acme");
  }

  @Test
  void aFileShouldBeTakenWithoutADigestOfIt() throws Exception {
    String csv = "address,backend,password\na@example.com,smtp,hunter2\n";
    HttpResponse<String> answer = upload("?check=true", csv);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    JsonNode result = json(answer);
    assertThat(result.path("created").asInt()).isEqualTo(1);
    assertThat(result.path("rejected").asInt()).isEqualTo(1);
    assertThat(result.path("job_id").asText()).isEqualTo(FakeMailboxImports.MADE.toString());
    assertThat(result.at("/rows/1/errors/0/pointer").asText()).isEqualTo("/lines/3/host");
    assertThat(rest.mailboxImports.csv).isEqualTo(csv);
    assertThat(rest.mailboxImports.check).isTrue();
    String first = rest.mailboxImports.context.idempotencyKey().fingerprint();
    upload("?check=true", csv.replace("hunter2", "hunter3"));
    assertThat(rest.mailboxImports.context.idempotencyKey().fingerprint()).isEqualTo(first);
    problem(upload("", "x".repeat((2 << 20) + 1)), 413, "too_large");
  }

  private static HttpResponse<String> upload(String query, String csv) throws Exception {
    return rest.send(
        rest.request("/api/v1/mailboxes/import" + query)
            .header("Content-Type", "text/csv")
            .header("Idempotency-Key", "k1")
            .POST(BodyPublishers.ofString(csv)));
  }
}
