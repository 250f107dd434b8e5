// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.api.tenancy.RefusedKeyException;
import io.rookery.rest.internal.FakeRefusals.Refusal;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AuditResourceTest {

  private static RestFixture rest;

  @BeforeAll
  static void open() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void close() throws Exception {
    rest.close();
  }

  @BeforeEach
  void forget() {
    rest.refusals.all.clear();
  }

  @Test
  void anEntryShouldBeShownWhole() throws Exception {
    JsonNode list =
        RestFixture.json(
            rest.get(
                "/api/v1/audit?type=api_key.created&actor=user:somebody&outcome=refused"
                    + "&from=2026-03-01T00:00:00Z"));

    JsonNode entry = list.at("/data/0");
    assertThat(entry.path("seq").asLong()).isEqualTo(7);
    assertThat(entry.path("source").asText()).isEqualTo("203.0.113.7");
    assertThat(entry.path("outcome").asText()).isEqualTo("done");
    assertThat(entry.at("/data/mode").asText()).isEqualTo("LIVE");
    assertThat(list.path("next_cursor").asText()).isEqualTo("7");
    assertThat(rest.audit.filter.type()).isEqualTo("api_key.created");
    assertThat(rest.audit.filter.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(rest.audit.filter.from()).isEqualTo(Instant.parse("2026-03-01T00:00:00Z"));
  }

  @Test
  void anExportShouldBeAFileOfItsFormat() throws Exception {
    HttpResponse<String> csv = rest.get("/api/v1/audit/export");
    HttpResponse<String> lines = rest.get("/api/v1/audit/export?format=jsonl");

    assertThat(csv.statusCode()).isEqualTo(200);
    assertThat(csv.body()).isEqualTo("CSV of " + FakeAuthenticator.TENANT + "\n");
    assertThat(csv.headers().firstValue("Content-Type").orElse("")).startsWith("text/csv");
    assertThat(csv.headers().firstValue("Audit-Last-Seq")).contains("7");
    assertThat(csv.headers().firstValue("Content-Disposition").orElse("")).contains("audit.csv");
    assertThat(lines.body()).startsWith("JSONL of ");
    assertThat(lines.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/x-ndjson");
    RestFixture.problem(rest.get("/api/v1/audit/export?format=xls"), 400, "invalid_request");
    RestFixture.problem(rest.get("/api/v1/audit?from=yesterday"), 400, "invalid_request");
  }

  @Test
  void whatAKeyMayNotDoShouldBeNotedWithWhereItCameFrom() throws Exception {
    rest.send(
        rest.open("/api/v1/contacts/" + new UUID(0, 9))
            .header("Authorization", "Bearer rky_reader")
            .DELETE());

    assertThat(rest.refusals.all).hasSize(1);
    Refusal refusal = rest.refusals.all.get(0);
    assertThat(refusal.context().tenantId()).isEqualTo(FakeAuthenticator.TENANT);
    assertThat(refusal.context().source()).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(refusal.subjectId()).isEqualTo(FakeAuthenticator.KEY);
    assertThat(refusal.reason()).isEqualTo("forbidden");
    assertThat(refusal.operation()).isEqualTo("DELETE /api/v1/contacts/{id}");
  }

  @Test
  void aKeyThatWorksNoMoreShouldBeNotedAndLookLikeAnyOther() throws Exception {
    rest.authenticator.dead =
        new RefusedKeyException(FakeAuthenticator.TENANT, FakeAuthenticator.KEY, "Not valid");
    HttpResponse<String> dead =
        rest.send(rest.open("/api/v1/contacts").header("Authorization", "Bearer rky_dead"));

    RestFixture.problem(dead, 401, "unauthenticated");
    assertThat(rest.refusals.all).extracting(Refusal::reason).containsExactly("unauthenticated");
  }

  @Test
  void whoIsNotKnownOrMerelyWrongShouldNotBeNoted() throws Exception {
    rest.send(rest.open("/api/v1/contacts").header("Authorization", "Bearer rky_unknown"));
    rest.send(rest.open("/api/v1/contacts"));
    rest.get("/api/v1/contacts?limit=none");

    assertThat(rest.refusals.all).isEmpty();
  }
}
