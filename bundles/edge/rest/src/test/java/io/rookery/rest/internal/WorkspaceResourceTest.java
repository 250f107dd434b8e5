// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal;

import static io.rookery.rest.internal.RestFixture.json;
import static io.rookery.rest.internal.RestFixture.problem;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.api.people.Role;
import io.rookery.api.tenancy.Workspace;
import io.rookery.api.tenancy.WorkspaceService;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.rest.internal.resource.WorkspaceResource;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WorkspaceResourceTest {

  private static final String PATH = "/api/v1/workspaces";
  private static final UUID ID = new UUID(0, 71);
  private static final FakeWorkspaces WORKSPACES = new FakeWorkspaces();
  private static RestFixture rest;

  @BeforeAll
  static void start() throws Exception {
    rest = new RestFixture();
    rest.servers.add(new WorkspaceResource(WORKSPACES));
  }

  @AfterAll
  static void stop() throws Exception {
    rest.close();
  }

  @Test
  void aWorkspaceShouldBeMadeShownChangedAndArchived() throws Exception {
    HttpResponse<String> made =
        rest.post(PATH, "{\"name\":\"Shoes\",\"postal_address\":\"Road 2\"}");
    assertThat(made.statusCode()).isEqualTo(201);
    assertThat(made.headers().firstValue("Location")).contains(PATH + "/" + ID);
    assertThat(made.headers().firstValue("ETag")).contains("\"1\"");
    JsonNode body = json(made);
    assertThat(body.path("name").asText()).isEqualTo("Shoes");
    assertThat(body.path("postal_address").asText()).isEqualTo("Road 2");
    assertThat(body.path("main").isBoolean()).isTrue();
    assertThat(body.path("archived_at").isNull()).isTrue();

    HttpResponse<String> changed = patch("{\"postal_address\":\"\"}");
    assertThat(changed.statusCode()).isEqualTo(200);
    assertThat(WORKSPACES.change.name()).isNull();
    assertThat(WORKSPACES.change.postalAddress()).isEmpty();
    assertThat(WORKSPACES.version).isEqualTo(7);

    assertThat(json(rest.get(PATH)).at("/data/0/id").asText()).isEqualTo(ID.toString());
    assertThat(json(rest.get(PATH + "/" + ID)).path("id").asText()).isEqualTo(ID.toString());
    HttpResponse<String> archived = rest.post(PATH + "/" + ID + "/archive", "");
    assertThat(json(archived).path("archived_at").asText()).isEqualTo("2026-03-01T12:00:00Z");
  }

  private static HttpResponse<String> patch(String body) throws Exception {
    return rest.send(
        rest.request(PATH + "/" + ID)
            .header("Content-Type", "application/json")
            .header("If-Match", "\"7\"")
            .method("PATCH", BodyPublishers.ofString(body)));
  }

  @Test
  void aWorkspaceWithoutANameShouldBeRefused() throws Exception {
    problem(rest.post(PATH, "{\"postal_address\":\"Road 2\"}"), 422, "validation_failed");
  }

  /** Whoever works with campaigns sees them; who has them is for administrators to say. */
  @ParameterizedTest
  @CsvSource({"OWNER, 200, 201", "ADMIN, 200, 201", "MEMBER, 200, 403", "VIEWER, 200, 403"})
  void rolesShouldDecideWhoMakesThem(Role role, int reading, int making) throws Exception {
    String token = "Bearer " + FakePeople.token(role);
    HttpRequest.Builder list = rest.open(PATH).header("Authorization", token);
    assertThat(rest.send(list).statusCode()).isEqualTo(reading);
    HttpRequest.Builder make =
        rest.open(PATH)
            .header("Authorization", token)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"Shoes\"}"));
    assertThat(rest.send(make).statusCode()).isEqualTo(making);
  }

  private static final class FakeWorkspaces implements WorkspaceService {

    private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

    volatile WorkspaceChange change;
    volatile long version;

    private static Workspace workspace(String name, String address, Instant archived) {
      return new Workspace(ID, name, address, false, NOON, archived, 1);
    }

    @Override
    public Workspace create(TenantContext context, NewWorkspace wanted) {
      return workspace(wanted.name(), wanted.postalAddress(), null);
    }

    @Override
    public Page<Workspace> list(TenantContext context, PageRequest page) {
      return new Page<>(List.of(get(context, ID)), null);
    }

    @Override
    public Workspace get(TenantContext context, UUID id) {
      return workspace("Shoes", null, null);
    }

    @Override
    public Workspace update(TenantContext context, UUID id, WorkspaceChange wanted, long expected) {
      change = wanted;
      version = expected;
      return get(context, id);
    }

    @Override
    public Workspace archive(TenantContext context, UUID id) {
      return workspace("Shoes", null, NOON);
    }
  }
}
