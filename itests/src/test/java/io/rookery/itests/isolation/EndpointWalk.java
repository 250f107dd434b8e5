// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import io.rookery.itests.isolation.Door.Answer;
import io.rookery.itests.isolation.Operation.Access;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * Puts to every served operation the questions that its kind asks for, as its owner, as another
 * tenant, with too weak a key and with none.
 */
final class EndpointWalk {

  private final ServedApi api;
  private final Cast cast;
  private final Findings findings;
  private final Recipes recipes = new Recipes();
  private final Watch watch;
  private final ReferenceWalk references;
  private final PersonWalk people;

  /**
   * Those who ask.
   *
   * @param owner the tenant whose objects are asked for
   * @param stranger another tenant with a key of all scopes
   * @param operator the operator's tenant
   * @param nobody without a key
   * @param weak keys of the owner with one scope each, by it
   */
  record Cast(Side owner, Side stranger, Side operator, Door nobody, Map<String, Door> weak) {}

  EndpointWalk(ServedApi api, Cast cast, Findings findings) {
    this.api = api;
    this.cast = cast;
    this.findings = findings;
    this.watch = new Watch(api);
    this.references = new ReferenceWalk(watch, cast, findings);
    this.people = new PersonWalk(cast, findings);
  }

  /** Walks all operations; returns how many there are. */
  int walk() throws Exception {
    Set<String> served = new TreeSet<>();
    List<Operation> operations = new ArrayList<>(api.operations());
    operations.sort(Comparator.comparing(EndpointWalk::emptiesAll));
    for (Operation operation : operations) {
      served.add(operation.key());
      try {
        walk(operation);
      } catch (Exception | AssertionError e) { // The others are to be heard too.
        findings.check(false, "%s: %s", operation.key(), e);
      }
    }
    gone(recipes.keys(), served, "Recipes");
    gone(people.keys(), served, "PersonWalk");
    gone(OpenDoors.PUBLIC.keySet(), served, "OpenDoors.PUBLIC");
    gone(OpenDoors.SHARED.keySet(), served, "OpenDoors.SHARED");
    return served.size();
  }

  /** What empties a whole collection comes last, for others need something to be there. */
  private static boolean emptiesAll(Operation operation) {
    return operation.method().equals("DELETE") && !operation.hasPathParameters();
  }

  private void gone(Collection<String> known, Set<String> served, String where) {
    for (String key : known) {
      findings.check(served.contains(key), "%s is served no longer: take it out of %s", key, where);
    }
  }

  private void walk(Operation operation) throws Exception {
    if (operation.access() == Access.OPEN) {
      findings.check(
          OpenDoors.PUBLIC.containsKey(operation.key()),
          "%s takes no key: say why in OpenDoors.PUBLIC",
          operation.key());
      return;
    }
    if (operation.access() == Access.PERSON) {
      people.walk(operation);
      return;
    }
    Recipe recipe = recipes.of(operation);
    if (recipe == null) {
      findings.check(false, "%s: say in Recipes how an owner makes its object", operation.key());
    } else if (operation.access() == Access.OPERATOR) {
      operators(operation, recipe);
    } else {
      if (operation.hasPathParameters()) {
        owned(operation, recipe);
        mixed(operation, recipe);
      } else if (operation.reads()) {
        listing(operation, recipe);
      } else {
        own(operation, recipe);
      }
      references.walk(operation, recipe);
    }
  }

  /** No key, and a key without the scope, get nothing. */
  private void locked(Operation operation, Call call) throws Exception {
    int without = cast.nobody().send(call).status();
    findings.check(without == 401, "%s without a key was answered with %s", call, without);
    if (!operation.scope().isEmpty()) {
      String scope =
          cast.weak().keySet().stream()
              .filter(held -> operation.takesOnly(taken -> !taken.startsWith(held)))
              .findFirst()
              .orElseThrow();
      int weak = cast.weak().get(scope).send(call).status();
      findings.check(weak == 403, "%s with scope %s was answered with %s", call, scope, weak);
    }
  }

  /** An operation of the operator's: to a tenant it is closed. */
  private void operators(Operation operation, Recipe recipe) throws Exception {
    Call call = recipe.prepare(operation, cast.operator().owner());
    locked(operation, call);
    Object before = watch.of(cast.operator(), operation, recipe, call);
    int refused = cast.owner().send(call).status();
    findings.check(
        refused == 403 || refused == 404, "%s by a tenant was answered with %s", call, refused);
    Object after = watch.of(cast.operator(), operation, recipe, call);
    findings.same(before, after, "%s by a tenant", call);
    succeeds(cast.operator(), call);
  }

  /** An operation on an object: its owner's alone. */
  private void owned(Operation operation, Recipe recipe) throws Exception {
    Call call = recipe.prepare(operation, cast.owner().owner());
    locked(operation, call);
    Object before = watch.of(cast.owner(), operation, recipe, call);
    Answer refused = cast.stranger().send(call);
    findings.check(
        refused.status() == 404, "%s by another tenant was answered with %s", call, refused);
    Answer unknown = cast.stranger().send(call.withUnknownIds());
    findings.same(unknown.told(), refused.told(), "%s tells whether there is such an object", call);
    Object after = watch.of(cast.owner(), operation, recipe, call);
    findings.same(before, after, "%s by another tenant", call);
    succeeds(cast.owner(), call);
  }

  /** A path through the stranger's own object to the owner's. */
  private void mixed(Operation operation, Recipe recipe) throws Exception {
    Call mine = recipe.prepare(operation, cast.owner().owner());
    for (int i = 1; i < mine.ids().size(); i++) {
      if (!mine.namesObject(i)) {
        continue; // A version's number is the same for everybody.
      }
      Call his = recipe.prepare(operation, cast.stranger().owner());
      Object before = watch.of(cast.owner(), operation, recipe, mine);
      Answer answer = cast.stranger().send(his.withId(i, mine.ids().get(i)).again());
      Answer unknown = cast.stranger().send(his.withId(i, UUID.randomUUID().toString()).again());
      findings.same(unknown.status(), answer.status(), "%s through another's object", mine);
      Object after = watch.of(cast.owner(), operation, recipe, mine);
      findings.same(before, after, "%s through another's object", mine);
    }
  }

  /** A listing: each sees what is its own. */
  private void listing(Operation operation, Recipe recipe) throws Exception {
    Call call = recipe.prepare(operation, cast.owner().owner());
    locked(operation, call);
    succeeds(cast.owner(), call);
    if (OpenDoors.SHARED.containsKey(operation.key())) {
      return;
    }
    TreeSet<String> mine = cast.owner().door().listed(call);
    TreeSet<String> his = cast.stranger().door().listed(call);
    findings.check(!mine.isEmpty(), "%s shows its owner nothing", call);
    findings.check(!his.isEmpty(), "%s shows the other tenant nothing of its own", call);
    TreeSet<String> both = new TreeSet<>(mine);
    both.retainAll(his);
    // The operator's key made the first key of each, so the log of each names it as the actor.
    both.removeAll(cast.operator().send(Call.get("/api/v1/me")).ids());
    findings.check(both.isEmpty(), "%s shows two tenants the same: %s", call, both);
    Operation item =
        new Operation("GET", operation.template() + "/{id}", Access.TENANT, List.of(), List.of());
    if (recipes.of(item) != null) {
      String id = recipes.of(item).prepare(item, cast.owner().owner()).ids().get(0);
      mine = cast.owner().door().listed(call);
      his = cast.stranger().door().listed(call);
      findings.check(mine.contains(id), "%s does not show its owner %s", call, id);
      findings.check(!his.contains(id), "%s shows another tenant %s", call, id);
    }
  }

  /** A change of what is one's own, such as making an object: it touches nobody else's. */
  private void own(Operation operation, Recipe recipe) throws Exception {
    Call mine = recipe.prepare(operation, cast.owner().owner());
    Call his = recipe.prepare(operation, cast.stranger().owner()).keyed(mine.idempotencyKey());
    locked(operation, mine);
    Object before = watch.of(cast.owner(), operation, recipe, mine);
    Answer answeredHim = succeeds(cast.stranger(), his);
    Object after = watch.of(cast.owner(), operation, recipe, mine);
    // What the platform adds meanwhile is nobody's doing.
    boolean kept =
        operation.method().equals("DELETE")
            ? ((Set<?>) after).containsAll((Set<?>) before)
            : Objects.equals(before, after);
    findings.check(kept, "%s by another tenant: %s became %s", mine, before, after);
    TreeSet<String> both = succeeds(cast.owner(), mine).ids();
    both.retainAll(answeredHim.ids());
    findings.check(both.isEmpty(), "%s answers two tenants with the same %s", mine, both);
  }

  private Answer succeeds(Side side, Call call) throws Exception {
    Answer answer = side.send(call);
    findings.check(answer.succeeded(), "%s by its owner was answered with %s", call, answer);
    return answer;
  }
}
