// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.rookery.itests.isolation.Door.Answer;
import java.util.List;

/** Looks at what an operation could have changed. */
final class Watch {

  private final ServedApi api;

  Watch(ServedApi api) {
    this.api = api;
  }

  /**
   * Returns how the object that a call is about looks to a tenant, with its version; where objects
   * are not shown one by one, what the listing shows; null where neither is served.
   */
  Object of(Side side, Operation operation, Recipe recipe, Call call) throws Exception {
    String item = operation.collection() + "/{id}";
    if (operation.hasPathParameters() && api.has("GET", item)) {
      Answer seen = side.see(Call.get(item, call.ids().get(0)));
      return List.of(seen.etag(), recipe.kept(seen.json()));
    }
    return api.has("GET", operation.collection()) ? side.state(operation.collection()) : null;
  }

  /** Returns how an object looks to its owner, but for what a mailbox sends meanwhile. */
  Object item(Side side, String item, String id) throws Exception {
    Answer seen = side.see(Call.get(item, id));
    JsonNode kept = seen.json().deepCopy();
    if (kept instanceof ObjectNode object) {
      object.remove("sending");
    }
    return List.of(seen.etag(), kept);
  }
}
