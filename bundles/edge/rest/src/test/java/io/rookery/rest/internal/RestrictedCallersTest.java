// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.people.Role;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Callers who see a workspace alone, and who says that they do. */
class RestrictedCallersTest {

  private static final String MEMBER = "/api/v1/members/" + new UUID(0, 24);
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  private static HttpResponse<String> send(String token, String method, String path)
      throws Exception {
    boolean reads = method.equals("GET") || method.equals("DELETE");
    HttpRequest.Builder request =
        rest.open("/api/v1/" + path)
            .header("Authorization", "Bearer " + token)
            .header("Content-Type", "application/json")
            .method(
                method,
                reads
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofString("{\"email\":\"ada@example.org\"}"));
    return rest.send(request);
  }

  /** What they call, whether it is within workspaces, by either role that can be restricted. */
  @ParameterizedTest
  @CsvSource({
    "GET, contacts, MEMBER, true",
    "GET, contacts, VIEWER, true",
    "GET, imports, MEMBER, true",
    "POST, contacts, MEMBER, false",
    "PATCH, contacts/00000000-0000-0000-0000-000000000001, MEMBER, false",
    "DELETE, contacts/00000000-0000-0000-0000-000000000001, MEMBER, false",
    "GET, domains/trusted, VIEWER, false",
    "POST, domains, MEMBER, false",
  })
  void whatIsTheWholeTenantsShouldBeClosed(String method, String path, Role role, boolean within)
      throws Exception {
    HttpResponse<String> restricted = send(FakePeople.restricted(role), method, path);
    if (within) {
      assertThat(restricted.statusCode()).as(restricted.body()).isLessThan(300);
    } else {
      problem(restricted, 403, "forbidden");
      assertThat(json(restricted).path("detail").asText()).contains("whole tenant");
      assertThat(send(FakePeople.token(role), method, path).body()).doesNotContain("whole tenant");
    }
  }

  @Test
  void servicesShouldBeToldWhatTheCallerSees() throws Exception {
    send(FakePeople.restricted(Role.MEMBER), "GET", "contacts");
    assertThat(rest.contacts.context.workspaces()).containsExactly(FakePeople.WORKSPACE);
    send(FakePeople.token(Role.MEMBER), "GET", "contacts");
    assertThat(rest.contacts.context.workspaces()).isNull();
  }

  private static HttpResponse<String> restrict(Role actor, String body) throws Exception {
    return rest.send(
        rest.open(MEMBER + "/workspaces")
            .header("Authorization", "Bearer " + FakePeople.token(actor))
            .header("Content-Type", "application/json")
            .header("If-Match", "\"3\"")
            .PUT(BodyPublishers.ofString(body)));
  }

  @Test
  void aMemberShouldBeRestrictedAndLetGo() throws Exception {
    UUID shoes = new UUID(0, 31);
    JsonNode shown = json(restrict(Role.ADMIN, "{\"workspace_ids\":[\"" + shoes + "\"]}"));
    assertThat(shown.at("/workspace_ids/0").asText()).isEqualTo(shoes.toString());
    assertThat(rest.people.members.workspaces).isEqualTo(Set.of(shoes));
    assertThat(rest.people.members.expected).isEqualTo(3);
    restrict(Role.OWNER, "{\"workspace_ids\":[]}");
    assertThat(rest.people.members.workspaces).isEmpty();
    JsonNode whole = json(restrict(Role.OWNER, "{\"whole_tenant\":true}"));
    assertThat(whole.path("workspace_ids").isNull()).isTrue();
    assertThat(rest.people.members.workspaces).isNull();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"workspace_ids\":[null]}",
        "{\"workspace_ids\":[],\"whole_tenant\":true}",
        "{\"workspace_ids\":null}",
        "{\"whole_tenant\":false}",
        "{}"
      })
  void whatSaysNothingShouldNotLetAnybodySeeMore(String body) throws Exception {
    rest.people.members.workspaces = Set.of();
    problem(restrict(Role.OWNER, body), 422, "validation_failed");
    assertThat(rest.people.members.workspaces).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"MEMBER", "VIEWER"})
  void whoDoesNotAdministerShouldRestrictNobody(Role actor) throws Exception {
    problem(restrict(actor, "{\"whole_tenant\":true}"), 403, "forbidden");
  }
}
