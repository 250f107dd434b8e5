// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** How somebody who is signed in makes what an operation for people works on. */
public final class PersonRecipes {

  private static final String API = "/api/v1/";

  /** Makes what an operation works on for a person. */
  private interface Making<T> {
    T by(Person person) throws Exception;
  }

  private record Steps(Making<List<String>> ids, Making<?> body) {}

  private final Map<String, Steps> recipes = new LinkedHashMap<>();

  /** Knows every operation for people. */
  public PersonRecipes() {
    add("GET sessions", p -> List.of(), p -> null);
    add("DELETE sessions/current", p -> List.of(), p -> null);
    add("DELETE sessions/{id}", p -> List.of(p.otherSession()), p -> null);
    add("POST second-factor", p -> List.of(), p -> Crowd.password());
    add("POST second-factor/confirm", p -> List.of(), Person::enrolled);
    add("POST second-factor/remove", p -> List.of(), Person::confirmed);
    add("POST email-address/verification", p -> List.of(), p -> null);
    add("POST email-address/change", p -> List.of(), p -> Crowd.newAddress());
    add("POST invitations/join", p -> List.of(), Person::invited);
    add("POST hosts/{id}/keys/{key}/download", Person::hostKey, p -> null);
  }

  private void add(String operation, Making<List<String>> ids, Making<?> body) {
    recipes.put(operation.replace(" ", " " + API), new Steps(ids, body));
  }

  Set<String> keys() {
    return recipes.keySet();
  }

  /** Returns a request about a person's own, or null where nobody said how. */
  public Call prepare(Operation operation, Person person) throws Exception {
    Steps recipe = recipes.get(operation.key());
    if (recipe == null) {
      return null;
    }
    Call call = Call.get(operation.template());
    return new Call(
        operation.method(),
        operation.template(),
        recipe.ids().by(person),
        Map.of(),
        recipe.body().by(person),
        call.idempotencyKey());
  }
}
