// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.rest.internal.ResourceClassesAccess;
import io.swagger.v3.core.util.Json31;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class OpenApiDocumentTest {

  private static final Set<String> BEFORE_SIGNING_IN =
      Set.of(
          "createSession",
          "verifySession",
          "refreshSession",
          "unlockAccount",
          "askPasswordReset",
          "resetPassword",
          "acceptInvitation",
          "verifyAddress");

  private static JsonNode document;

  @BeforeAll
  static void describe() throws Exception {
    String json =
        Json31.mapper().writeValueAsString(OpenApiDocument.describe(ResourceClassesAccess.all()));
    document = new ObjectMapper().readTree(json);
    Files.writeString(Path.of("target", "openapi.json"), document.toPrettyString());
  }

  @Test
  void theDocumentShouldBeOpenApi31() {
    assertThat(document.path("openapi").asText()).startsWith("3.1");
    assertThat(document.at("/info/title").asText()).isEqualTo("Rookery");
    assertThat(document.at("/components/securitySchemes/key/scheme").asText()).isEqualTo("bearer");
    assertThat(document.path("paths").has("/api/v1/contacts/{id}")).isTrue();
    assertThat(document.path("paths").has("/api/v1/campaigns/{id}/start")).isTrue();
    assertThat(document.path("paths").has("/")).isFalse();
  }

  @Test
  void everyScopeThatDoesShouldBeAnAlternative() {
    JsonNode listing = document.path("paths").path("/api/v1/workspaces").path("get");
    assertThat(listing.path("x-scope").asText()).isEqualTo("admin:read");
    assertThat(listing.path("security").findValuesAsText("key")).hasSize(5);
    assertThat(listing.path("security").toString())
        .contains("[\"admin:read\"]", "[\"campaigns:read\"]", "[\"mailboxes:read\"]");
  }

  @Test
  void everyOperationShouldBeWhole() {
    Set<String> ids = new HashSet<>();
    int count = 0;
    for (Iterator<Map.Entry<String, JsonNode>> paths = document.path("paths").fields();
        paths.hasNext(); ) {
      Map.Entry<String, JsonNode> path = paths.next();
      for (JsonNode operation : path.getValue()) {
        count++;
        assertThat(ids.add(operation.path("operationId").asText()))
            .as(operation.toString())
            .isTrue();
        assertThat(operation.path("summary").asText()).as(operation.toString()).isNotBlank();
        assertThat(operation.at("/responses/default/content").has("application/problem+json"))
            .isTrue();
        boolean open = BEFORE_SIGNING_IN.contains(operation.path("operationId").asText());
        if (path.getKey().startsWith("/api/v1")) {
          assertThat(operation.path("responses").size()).isEqualTo(2);
        }
        if (path.getKey().startsWith("/api/v1") && !open) {
          assertThat(operation.path("x-scope").asText()).as(path.getKey()).isNotBlank();
          assertThat(operation.path("security")).as(path.getKey()).isNotEmpty();
        }
      }
    }
    assertThat(count).isGreaterThan(60);
  }

  @Test
  void parametersShouldBeDescribedAsTheyAreSent() {
    JsonNode list = document.at("/paths/~1api~1v1~1contacts/get/parameters");
    assertThat(list.findValuesAsText("name"))
        .containsExactlyInAnyOrder("list_id", "email", "limit", "cursor");
    JsonNode post = document.at("/paths/~1api~1v1~1contacts/post");
    assertThat(post.path("parameters").findValuesAsText("name")).contains("Idempotency-Key");
    assertThat(post.at("/requestBody/content/application~1json/schema/$ref").asText())
        .endsWith("/ContactRequest");
    assertThat(post.at("/responses").has("201")).isTrue();
    assertThat(
            document
                .at("/paths/~1api~1v1~1contacts~1{id}/patch/parameters")
                .findValuesAsText("name"))
        .contains("If-Match", "id");
    assertThat(document.at("/paths/~1api~1v1~1imports/post/requestBody/content").has("text/csv"))
        .isTrue();
  }

  @Test
  void headersShouldBeDescribedByWhatIsRead() {
    JsonNode parameters = document.at("/paths/~1api~1v1~1contacts/post/parameters");
    Pattern key =
        Pattern.compile(named(parameters, "Idempotency-Key").at("/schema/pattern").asText());
    assertThat(List.of("a", "\"a b\"", "\"", "a b", "ä", "\"a\"", "x".repeat(255), "x".repeat(256)))
        .filteredOn(text -> key.matcher(text).matches())
        .containsExactly("a", "\"a\"", "x".repeat(255));
    JsonNode patch = document.at("/paths/~1api~1v1~1contacts~1{id}/patch/parameters");
    JsonNode either = named(patch, "If-Match").at("/schema/anyOf");
    assertThat(either.at("/0/enum/0").asText()).isEqualTo("*");
    Pattern tag = Pattern.compile(either.at("/1/pattern").asText());
    assertThat(List.of("*", "\"7\"", "W/\"x\"", "7", ""))
        .filteredOn(text -> tag.matcher(text).matches())
        .containsExactly("\"7\"", "W/\"x\"");
  }

  private static JsonNode named(JsonNode parameters, String name) {
    for (JsonNode parameter : parameters) {
      if (parameter.path("name").asText().equals(name)) {
        return parameter;
      }
    }
    throw new AssertionError(name + " is not described");
  }

  @Test
  void whatIsMadeShouldLinkToWhatTakesItsId() {
    JsonNode links = document.at("/paths/~1api~1v1~1campaigns/post/responses/201/links");
    assertThat(links.at("/startCampaign/parameters/id").asText()).isEqualTo("$response.body#/id");
    assertThat(links.at("/startCampaign/operationId").asText()).isEqualTo("startCampaign");
    assertThat(links.has("createCampaign")).isFalse();
    assertThat(document.at("/paths/~1api~1v1~1lists/post/responses/201/links").toString())
        .contains("getList", "deleteList")
        .doesNotContain("contact");
  }

  @Test
  void pagesShouldBeDescribedByWhatTheyAnswer() {
    JsonNode click = document.at("/paths/~1t~1c~1{token}/get/responses");
    assertThat(click.has("302")).isTrue();
    assertThat(click.has("200")).isFalse();
    assertThat(click.at("/404/content").has("text/html")).isTrue();
    JsonNode ask = document.at("/paths/~1.well-known~1rookery~1ask/get/responses");
    assertThat(ask.at("/200/content").has("text/plain")).isTrue();
    assertThat(ask.at("/429/content").has("text/plain")).isTrue();
  }

  @Test
  void schemasShouldBeInSnakeCaseWithLowerCaseEnums() {
    JsonNode contact = document.at("/components/schemas/Contact/properties");
    assertThat(contact.has("first_name")).isTrue();
    assertThat(contact.has("firstName")).isFalse();
    JsonNode campaign = document.at("/components/schemas/Campaign/properties/state");
    assertThat(campaign.toString()).contains("\"running\"").doesNotContain("RUNNING");
    JsonNode problem = document.at("/components/schemas/Problem/properties");
    assertThat(problem.has("request_id")).isTrue();
    assertThat(problem.has("retry_after_seconds")).isFalse();
  }

  @Test
  void everyReferenceShouldLeadSomewhere() {
    for (String reference : document.findValuesAsText("$ref")) {
      assertThat(document.at(reference.substring(1)).isMissingNode()).as(reference).isFalse();
    }
  }
}
