// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.tenancy.Authenticator.Allowance;
import io.rookery.rest.internal.resource.BackendVersionResource;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import javax.ws.rs.GET;
import javax.ws.rs.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RestAccessTest {

  private static final String CONTACTS = "/api/v1/contacts";
  private static final String MISSING = CONTACTS + "/01900000-0000-7000-8000-00000000ffff";
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.servers.add(new BackendVersionResource(null));
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @AfterEach
  void admitAgain() {
    rest.authenticator.allowance = new Allowance(true, 300, 299, 12, 0);
  }

  @Test
  void keysShouldBeAskedForAndChecked() throws Exception {
    HttpResponse<String> none = rest.send(rest.open(CONTACTS));
    problem(none, 401, "unauthenticated");
    assertThat(none.headers().firstValue("WWW-Authenticate")).isPresent();
    problem(
        rest.send(rest.open(CONTACTS).header("Authorization", "Bearer nonsense")),
        401,
        "unauthenticated");
    problem(
        rest.send(rest.open(CONTACTS).header("Authorization", "Basic eDp5")),
        401,
        "unauthenticated");
  }

  @Test
  void scopesShouldBeChecked() throws Exception {
    assertThat(
            rest.send(rest.open(CONTACTS).header("Authorization", "Bearer rky_reader"))
                .statusCode())
        .isEqualTo(200);
    problem(
        rest.send(
            rest.open(CONTACTS)
                .header("Authorization", "bearer rky_reader")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString("{\"email\":\"a@example.org\"}"))),
        403,
        "forbidden");
    problem(
        rest.send(rest.open(CONTACTS).header("Authorization", "Bearer rky_templates")),
        403,
        "forbidden");
  }

  @Test
  void aSuspendedTenantShouldOnlyRead() throws Exception {
    assertThat(
            rest.send(rest.open(CONTACTS).header("Authorization", "Bearer rky_suspended"))
                .statusCode())
        .isEqualTo(200);
    problem(
        rest.send(rest.open(MISSING).header("Authorization", "Bearer rky_suspended").DELETE()),
        403,
        "tenant_suspended");
  }

  @Test
  void theAllowanceShouldBeShownAndKept() throws Exception {
    HttpResponse<String> fine = rest.get(CONTACTS);
    assertThat(fine.headers().firstValue("RateLimit-Policy")).contains("\"default\";q=300;w=60");
    assertThat(fine.headers().firstValue("RateLimit")).contains("\"default\";r=299;t=12");
    rest.authenticator.allowance = new Allowance(false, 300, 0, 60, 9);
    HttpResponse<String> refused = rest.get(CONTACTS);
    problem(refused, 429, "rate_limited");
    assertThat(refused.headers().firstValue("Retry-After")).contains("9");
    assertThat(refused.headers().firstValue("RateLimit")).contains("\"default\";r=0;t=60");
  }

  @Test
  void admittedCallsShouldBeCountedByTheirOperation() throws Exception {
    rest.authenticator.counted.clear();
    rest.get(CONTACTS);
    rest.get(MISSING);
    rest.authenticator.allowance = new Allowance(false, 300, 0, 60, 9);
    rest.get(CONTACTS);
    assertThat(rest.authenticator.counted).containsExactly("listContacts", "getContact");
  }

  @Test
  void keysShouldBeCheckedWithTheAddressThatATrustedProxyTells() throws Exception {
    rest.authenticator.sources.clear();
    rest.get(CONTACTS);
    rest.send(rest.request(CONTACTS).header("X-Forwarded-For", "1.1.1.1, 198.51.100.7"));
    assertThat(rest.authenticator.sources.get(0).isLoopbackAddress()).isTrue();
    assertThat(rest.authenticator.sources.get(1).getHostAddress()).isEqualTo("198.51.100.7");
  }

  @Test
  void onlyTheOperatorShouldReachTenants() throws Exception {
    problem(rest.get("/api/v1/tenants"), 403, "forbidden");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/api/v1/tenants",
    "POST,/api/v1/tenants",
    "PATCH,/api/v1/tenants/a",
    "POST,/api/v1/tenants/a/suspend",
    "POST,/api/v1/tenants/a/resume",
    "POST,/api/v1/tenants/a/api-keys",
    "GET,/api/v1/backend-versions",
    "POST,/api/v1/backend-versions/smtp/move"
  })
  void aTestKeyOfTheOperatorShouldNotReachWhatIsTheOperators(String method, String path)
      throws Exception {
    problem(
        rest.send(
            rest.open(path)
                .header("Authorization", "Bearer rky_operator_test")
                .header("Content-Type", "application/json")
                .method(method, BodyPublishers.ofString(method.equals("GET") ? "" : "{}"))),
        403,
        "forbidden");
  }

  @Test
  void aTestKeyShouldNotReachDomains() throws Exception {
    problem(
        rest.send(rest.open("/api/v1/domains").header("Authorization", "Bearer rky_test")),
        403,
        "forbidden");
  }

  @ParameterizedTest
  @CsvSource({
    "POST, invitations",
    "DELETE, invitations/00000000-0000-0000-0000-000000000001",
    "PATCH, members/00000000-0000-0000-0000-000000000001",
    "PUT, members/00000000-0000-0000-0000-000000000001/workspaces",
    "DELETE, members/00000000-0000-0000-0000-000000000001"
  })
  void aTestKeyShouldMakeNobodyAMember(String method, String path) throws Exception {
    HttpRequest.Builder request =
        rest.open("/api/v1/" + path)
            .header("Authorization", "Bearer rky_test")
            .header("Content-Type", "application/json")
            .method(method, BodyPublishers.ofString("{}"));
    problem(rest.send(request), 403, "forbidden");
  }

  @Test
  void aDomainWithoutANameShouldBeRefused() throws Exception {
    JsonNode problem =
        problem(rest.post("/api/v1/domains", "{\"name\": \" \"}"), 422, "validation_failed");
    assertThat(problem.at("/errors/0/pointer").asText()).isEqualTo("/name");
  }

  @Test
  void aMethodThatDoesNotSayWhoMayCallItShouldBeRefused() throws Exception {
    rest.servers.add(new Unannotated());
    problem(rest.get("/api/v1/unannotated"), 403, "forbidden");
  }

  /** Says nothing of who may call it. */
  @Address("/api/v1/unannotated")
  @Path("/")
  public static final class Unannotated implements RestResource {

    /** Must never be reached. */
    @GET
    public String get() {
      return "reached";
    }
  }
}
