// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;

/**
 * How an owner makes what an operation works on, and what it says then. Each call that is prepared
 * is about objects of its own where the operation changes them.
 */
public final class Recipe {

  /** Makes something of an owner's. */
  public interface Making<T> {
    /** Makes it. */
    T by(Owner owner) throws Exception;
  }

  private final Making<List<String>> ids;
  private final Making<?> body;
  private final Making<Map<String, String>> query;
  private final Function<JsonNode, Object> kept;

  private Recipe(
      Making<List<String>> ids,
      Making<?> body,
      Making<Map<String, String>> query,
      Function<JsonNode, Object> kept) {
    this.ids = ids;
    this.body = body;
    this.query = query;
    this.kept = kept;
  }

  /** For a path without parameters. */
  static Recipe plain() {
    return new Recipe(owner -> List.of(), owner -> null, owner -> Map.of(), whole -> whole);
  }

  /** For a path with one parameter. */
  static Recipe at(Making<String> id) {
    return atAll(owner -> List.of(id.by(owner)));
  }

  /** For a path with several parameters. */
  static Recipe atAll(Making<List<String>> ids) {
    return new Recipe(ids, owner -> null, owner -> Map.of(), whole -> whole);
  }

  /** With a body: a map for JSON, a string for CSV. */
  Recipe body(Making<?> made) {
    return new Recipe(ids, made, query, kept);
  }

  Recipe query(Making<Map<String, String>> made) {
    return new Recipe(ids, body, made, kept);
  }

  /** Of an object that changes by itself, compares this part alone. */
  Recipe keeping(Function<JsonNode, Object> part) {
    return new Recipe(ids, body, query, part);
  }

  public Call prepare(Operation operation, Owner owner) throws Exception {
    List<String> made = ids.by(owner);
    if (made.contains("")) { // Would be another path, and prove nothing.
      throw new IllegalStateException(operation.key() + ": its recipe gave no id");
    }
    return new Call(
        operation.method(),
        operation.template(),
        made,
        query.by(owner),
        body.by(owner),
        UUID.randomUUID().toString());
  }

  /** Returns what a stranger's request must leave as it is. */
  public Object kept(JsonNode representation) {
    return kept.apply(representation);
  }
}
