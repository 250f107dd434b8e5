// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import io.rookery.itests.isolation.Door.Answer;
import io.rookery.itests.isolation.EndpointWalk.Cast;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts to operations for people the questions that others are put with keys: to a key they are
 * closed, and nobody reaches what is another person's. Each question is about people of its own.
 */
final class PersonWalk {

  private static final String API = "/api/v1/";

  /** Makes what an operation works on for a person. */
  private interface Making<T> {
    T by(Person person) throws Exception;
  }

  private record Recipe(Making<List<String>> ids, Making<?> body) {}

  private final Map<String, Recipe> recipes = new LinkedHashMap<>();
  private final Cast cast;
  private final Findings findings;

  PersonWalk(Cast cast, Findings findings) {
    this.cast = cast;
    this.findings = findings;
    add("GET sessions", p -> List.of(), p -> null);
    add("DELETE sessions/current", p -> List.of(), p -> null);
    add("DELETE sessions/{id}", p -> List.of(p.otherSession()), p -> null);
    add("POST second-factor", p -> List.of(), p -> null);
    add("POST second-factor/confirm", p -> List.of(), Person::enrolled);
    add("POST second-factor/remove", p -> List.of(), Person::confirmed);
  }

  private void add(String operation, Making<List<String>> ids, Making<?> body) {
    recipes.put(operation.replace(" ", " " + API), new Recipe(ids, body));
  }

  Set<String> keys() {
    return recipes.keySet();
  }

  void walk(Operation operation) throws Exception {
    Recipe recipe = recipes.get(operation.key());
    if (recipe == null) {
      findings.check(false, "%s: say in PersonWalk how a person makes its object", operation.key());
      return;
    }
    Person mine = cast.owner().owner().person();
    Person his = cast.stranger().owner().person();
    Call call = prepare(operation, recipe, mine);
    int without = cast.nobody().send(call).status();
    findings.check(without == 401, "%s without a token was answered with %s", call, without);
    int key = cast.owner().send(call).status();
    findings.check(key == 403, "%s with a key was answered with %s", call, key);
    if (operation.hasPathParameters()) {
      Answer refused = his.door().send(call);
      findings.check(refused.status() == 404, "%s by another was answered with %s", call, refused);
      Answer unknown = his.door().send(call.withUnknownIds());
      findings.same(
          unknown.told(), refused.told(), "%s tells whether there is such an object", call);
    } else if (operation.reads()) {
      TreeSet<String> both = mine.door().listed(call);
      findings.check(!both.isEmpty(), "%s shows its person nothing", call);
      both.retainAll(his.door().listed(call));
      findings.check(both.isEmpty(), "%s shows two people the same: %s", call, both);
    } else {
      Answer answered = his.door().send(prepare(operation, recipe, his));
      findings.check(answered.succeeded(), "%s by another was answered with %s", call, answered);
    }
    Answer answer = mine.door().send(call);
    findings.check(answer.succeeded(), "%s by its person was answered with %s", call, answer);
  }

  private static Call prepare(Operation operation, Recipe recipe, Person person) throws Exception {
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
