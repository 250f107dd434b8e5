// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.contacts.ContactData.LawfulBasis;
import io.rookery.spi.mail.CaughtMail;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class UploadAndSandboxTest {

  private static final String IMPORTS = "/api/v1/imports";
  private static final String MAILS = "/api/v1/sandbox-messages";
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  private static HttpResponse<String> upload(String query, String type, BodyPublisher body)
      throws Exception {
    return rest.send(rest.request(IMPORTS + query).header("Content-Type", type).POST(body));
  }

  @Test
  void anUploadShouldBeStreamedBeyondTheLimitOfOtherBodies() throws Exception {
    byte[] csv = new byte[2 << 20];
    HttpResponse<String> answer =
        upload(
            "?file_name=a.csv&update_existing=true&map.E-mail=email&map.Team%20X=team"
                + "&default.country=DE&default.lawful_basis=consent",
            "text/csv;charset=utf-8",
            BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(csv)));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(answer.headers().firstValue("Location").orElseThrow())
        .endsWith(IMPORTS + "/" + json(answer).path("id").asText());
    assertThat(rest.imports.bytes).isEqualTo(csv.length);
    assertThat(rest.imports.request.mapping())
        .containsEntry("E-mail", "email")
        .containsEntry("Team X", "team");
    assertThat(rest.imports.request.updateExisting()).isTrue();
    assertThat(rest.imports.request.defaults().country()).isEqualTo("DE");
    assertThat(rest.imports.request.defaults().lawfulBasis()).isEqualTo(LawfulBasis.CONSENT);
  }

  @Test
  void emptyParametersOfAnUploadShouldBeAsGoodAsNone() throws Exception {
    HttpResponse<String> answer =
        upload(
            "?file_name=&list_id=&update_existing=", "text/csv", BodyPublishers.ofString("email"));
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(202);
    assertThat(rest.imports.request.fileName()).isEqualTo("import.csv");
    assertThat(rest.imports.request.listId()).isNull();
    assertThat(rest.imports.request.updateExisting()).isFalse();
    HttpResponse<String> mailboxes =
        rest.send(
            rest.request("/api/v1/mailboxes/import?check=")
                .header("Content-Type", "text/csv")
                .POST(BodyPublishers.ofString("email")));
    assertThat(mailboxes.statusCode()).as(mailboxes.body()).isEqualTo(200);
    assertThat(rest.mailboxImports.check).isFalse();
  }

  @Test
  void anUploadBeyondItsLimitShouldBeRefused() throws Exception {
    byte[] csv = new byte[(int) RestFixture.UPLOAD_LIMIT + 1];
    assertThat(
            upload(
                    "",
                    "text/csv",
                    BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(csv)))
                .statusCode())
        .isEqualTo(413);
    assertThat(upload("", "text/csv", BodyPublishers.ofByteArray(csv)).statusCode()).isEqualTo(413);
  }

  @Test
  void anUploadOfAnotherKindShouldBeRefused() throws Exception {
    assertThat(upload("", "application/json", BodyPublishers.ofString("{}")).statusCode())
        .isEqualTo(415);
    assertThat(upload("?default.shoe=9", "text/csv", BodyPublishers.ofString("email")).statusCode())
        .isEqualTo(400);
    assertThat(upload("?update_existing=1", "text/csv", BodyPublishers.ofString("x")).statusCode())
        .isEqualTo(400);
  }

  @Test
  void importErrorsShouldBeListed() throws Exception {
    JsonNode errors = json(rest.get(IMPORTS + "/" + FakeCaughtMail.ID + "/errors"));
    assertThat(errors.at("/data/0/line").asInt()).isEqualTo(3);
    assertThat(errors.path("next_cursor").isNull()).isTrue();
  }

  @Test
  void caughtMailsShouldBeShownInParts() throws Exception {
    CaughtMail mails = new FakeCaughtMail();
    rest.sandbox.bind(mails);
    JsonNode first = json(rest.get(MAILS)).at("/data/0");
    assertThat(first.path("subject").asText()).isEqualTo("Grüße");
    assertThat(first.path("from").asText()).isEqualTo("Jörg <joerg@example.org>");
    JsonNode mail = json(rest.get(MAILS + "/" + FakeCaughtMail.ID));
    assertThat(mail.path("text").asText()).isEqualTo("Grüße");
    assertThat(mail.path("html").asText()).isEqualTo("<b>Grüße</b>");
    assertThat(mail.path("headers")).anyMatch(h -> h.path("name").asText().equals("MIME-Version"));
    HttpResponse<String> source =
        rest.send(
            rest.request(MAILS + "/" + FakeCaughtMail.ID + "/source").header("Accept", "*/*"));
    assertThat(source.headers().firstValue("Content-Type").orElse("")).startsWith("text/plain");
    assertThat(source.body()).isEqualTo(FakeCaughtMail.SOURCE);
    assertThat(json(rest.send(rest.request(MAILS).DELETE())).path("cleared").asInt()).isEqualTo(1);
    assertThat(rest.get(MAILS + "/" + FakeCaughtMail.ID).statusCode()).isEqualTo(404);
    assertThat(rest.get(MAILS + "?cursor=x").statusCode()).isEqualTo(400);
    rest.sandbox.unbind(mails);
    assertThat(rest.get(MAILS).statusCode()).isEqualTo(503);
  }

  @Test
  void aResourceShouldComeAndGoAlone() throws Exception {
    rest.servers.remove(rest.health);
    assertThat(rest.send(rest.open("/health/live")).statusCode()).isEqualTo(404);
    assertThat(rest.get("/api/v1/contacts").statusCode()).isEqualTo(200);
    rest.servers.add(rest.health);
    assertThat(rest.send(rest.open("/health/live")).statusCode()).isEqualTo(200);
  }
}
