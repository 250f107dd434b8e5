// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.openapi;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.Operation;
import io.swagger.v3.oas.models.PathItem;
import io.swagger.v3.oas.models.Paths;
import io.swagger.v3.oas.models.links.Link;
import io.swagger.v3.oas.models.parameters.Parameter;
import io.swagger.v3.oas.models.responses.ApiResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Says of what is made which operations take its id, for readers and for what follows links. */
final class Links {

  private static final String ID = "$response.body#/id";

  private Links() {}

  static void complete(OpenAPI whole) {
    Paths paths = whole.getPaths();
    paths.forEach(
        (path, item) -> {
          if (item.getPost() != null && !path.contains("{")) {
            item.getPost().getResponses().values().stream()
                .filter(Links::located)
                .forEach(response -> link(response, paths, path + "/{"));
          }
        });
  }

  private static boolean located(ApiResponse response) {
    return response.getHeaders() != null && response.getHeaders().containsKey("Location");
  }

  private static void link(ApiResponse made, Paths paths, String prefix) {
    paths.forEach(
        (path, item) -> {
          if (path.startsWith(prefix)) {
            item.readOperationsMap()
                .forEach(
                    (verb, operation) -> link(made, operation, pathParameters(item, operation)));
          }
        });
  }

  /** An operation that takes more than this id cannot be reached by it alone. */
  private static void link(ApiResponse made, Operation operation, List<String> parameters) {
    if (parameters.size() == 1) {
      Link link = new Link().operationId(operation.getOperationId());
      link.setParameters(Map.of(parameters.get(0), ID));
      made.addLink(operation.getOperationId(), link);
    }
  }

  private static List<String> pathParameters(PathItem item, Operation operation) {
    List<Parameter> all = new ArrayList<>();
    if (item.getParameters() != null) {
      all.addAll(item.getParameters());
    }
    if (operation.getParameters() != null) {
      all.addAll(operation.getParameters());
    }
    return all.stream().filter(p -> "path".equals(p.getIn())).map(Parameter::getName).toList();
  }
}
