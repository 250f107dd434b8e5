// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.rookery.itests.isolation.Operation.Access;
import io.rookery.itests.isolation.Operation.Reference;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The operations of the OpenAPI document that a running platform serves. */
public final class ServedApi {

  private final JsonNode document;

  private ServedApi(JsonNode document) {
    this.document = document;
  }

  public static ServedApi read(URI root) throws IOException {
    return new ServedApi(new ObjectMapper().readTree(root.resolve("api/openapi.json").toURL()));
  }

  public List<Operation> operations() {
    List<Operation> operations = new ArrayList<>();
    document
        .path("paths")
        .properties()
        .forEach(
            path ->
                path.getValue()
                    .properties()
                    .forEach(
                        method ->
                            operations.add(
                                operation(method.getKey(), path.getKey(), method.getValue()))));
    return operations;
  }

  public boolean has(String method, String template) {
    return !document.path("paths").path(template).path(method.toLowerCase(Locale.ROOT)).isEmpty();
  }

  private Operation operation(String method, String template, JsonNode operation) {
    List<Reference> references = new ArrayList<>();
    for (JsonNode parameter : operation.path("parameters")) {
      if (parameter.path("in").asText().equals("query")) {
        reference(parameter.path("name").asText(), parameter.path("schema"), true, references);
      }
    }
    JsonNode body = operation.at("/requestBody/content/application~1json/schema");
    resolved(body)
        .path("properties")
        .properties()
        .forEach(member -> reference(member.getKey(), member.getValue(), false, references));
    return new Operation(
        method.toUpperCase(Locale.ROOT),
        template,
        access(operation),
        scopes(operation),
        List.copyOf(references));
  }

  /** The alternatives of the security requirements (OpenAPI 3.1 §4.8.30), in their order. */
  private static List<String> scopes(JsonNode operation) {
    List<String> scopes = new ArrayList<>();
    for (JsonNode alternative : operation.path("security")) {
      alternative.path("key").forEach(scope -> scopes.add(scope.asText()));
    }
    return List.copyOf(scopes);
  }

  private void reference(String name, JsonNode schema, boolean query, List<Reference> found) {
    JsonNode resolved = resolved(schema);
    JsonNode items = resolved(resolved.path("items"));
    if (resolved.path("format").asText().equals("uuid")) {
      found.add(new Reference(name, query, false));
    } else if (items.path("format").asText().equals("uuid")) {
      found.add(new Reference(name, query, true));
    }
  }

  private JsonNode resolved(JsonNode schema) {
    String reference = schema.path("$ref").asText();
    return reference.isEmpty() ? schema : document.at(reference.substring(1));
  }

  private static Access access(JsonNode operation) {
    if (operation.path("security").isEmpty()) {
      return Access.OPEN;
    }
    if (operation.path("x-person").asBoolean()) {
      return Access.PERSON;
    }
    if (operation.path("x-operator").asBoolean()) {
      return Access.OPERATOR;
    }
    return Access.TENANT;
  }
}
