// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import io.rookery.itests.isolation.Door.Answer;
import io.rookery.itests.isolation.EndpointWalk.Cast;
import java.util.Set;
import java.util.TreeSet;

/**
 * Puts to operations for people the questions that others are put with keys: to a key they are
 * closed, and nobody reaches what is another person's. Each question is about people of its own.
 */
final class PersonWalk {

  private final PersonRecipes recipes = new PersonRecipes();
  private final Cast cast;
  private final Findings findings;

  PersonWalk(Cast cast, Findings findings) {
    this.cast = cast;
    this.findings = findings;
  }

  Set<String> keys() {
    return recipes.keys();
  }

  void walk(Operation operation) throws Exception {
    Person mine = cast.owner().owner().person();
    Person his = cast.stranger().owner().person();
    Call call = recipes.prepare(operation, mine);
    if (call == null) {
      findings.check(false, "%s: say in PersonRecipes how a person makes it", operation.key());
      return;
    }
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
      Answer answered = his.door().send(recipes.prepare(operation, his));
      findings.check(answered.succeeded(), "%s by another was answered with %s", call, answered);
    }
    Answer answer = mine.door().send(call);
    findings.check(answer.succeeded(), "%s by its person was answered with %s", call, answer);
  }
}
