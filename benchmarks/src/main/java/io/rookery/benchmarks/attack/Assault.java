// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import io.rookery.benchmarks.attack.Untouched.Outcome;
import io.rookery.itests.isolation.Call;
import io.rookery.itests.isolation.Door;
import io.rookery.itests.isolation.Door.Answer;
import io.rookery.itests.isolation.Operation;
import io.rookery.itests.isolation.Operation.Access;
import io.rookery.itests.isolation.Person;
import io.rookery.itests.isolation.PersonRecipes;
import io.rookery.itests.isolation.Recipe;
import io.rookery.itests.isolation.Recipes;
import io.rookery.itests.isolation.Side;
import io.rookery.itests.isolation.Stage.Tenant;
import java.net.URI;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Attacks one operation after the other, and counts what got through. */
public final class Assault {

  private final Cast cast;
  private final Untouched untouched;
  private final Consumer<String> complaints;
  private final Recipes recipes = new Recipes();
  private final PersonRecipes people = new PersonRecipes();
  private int cases;
  private int leaks;

  private record Cast(
      Side owner, Side stranger, Side operator, List<Attacker> tenants, List<Attacker> operators) {}

  private Assault(Cast cast, Connection database, Consumer<String> complaints) {
    this.cast = cast;
    this.untouched = new Untouched(database);
    this.complaints = complaints;
  }

  /**
   * Those who take part.
   *
   * @param owner whose objects are attacked
   * @param stranger another tenant, who has everything, too
   * @param operator the operator's tenant
   */
  public record Parties(Tenant owner, Tenant stranger, Tenant operator) {}

  /**
   * Prepares to attack.
   *
   * @param door where attackers send their requests to
   * @param database a connection of the superuser
   * @param complaints takes what got through
   */
  public static Assault of(
      Parties parties, URI door, Connection database, Consumer<String> complaints)
      throws Exception {
    Door strangers = new Door(door, parties.stranger().key());
    Side stranger =
        new Side(
            parties.stranger().side().tenantId(), parties.stranger().side().owner(), strangers);
    Cast cast =
        new Cast(
            parties.owner().side(),
            stranger,
            parties.operator().side(),
            Attackers.of(parties.owner(), strangers, door),
            Attackers.of(parties.operator(), strangers, door));
    return new Assault(cast, database, complaints);
  }

  /** Returns how many requests were sent that had to be refused or to be taken. */
  public int cases() {
    return cases;
  }

  /** Returns how many of them were not. */
  public int leaks() {
    return leaks;
  }

  /** Attacks an operation that takes a key. */
  public void on(Operation operation) throws Exception {
    Recipe recipe = recipes.of(operation);
    if (recipe == null) {
      check(false, "%s has no recipe, so that nobody can ask for it", operation.key());
      return;
    }
    boolean operators = operation.access() == Access.OPERATOR;
    Side target = operators ? cast.operator() : cast.owner();
    List<Attacker> attackers = operators ? cast.operators() : cast.tenants();
    Outcome outcome =
        untouched.by(
            target.tenantId(),
            () -> recipe.prepare(operation, target.owner()),
            prepared -> attack(operation, prepared, attackers));
    Call call = outcome.call();
    unchanged(operation, outcome);
    Answer answer = target.send(call);
    if (answer.status() == 409) { // Has ended meanwhile by itself, as an import does.
      answer = target.send(recipe.prepare(operation, target.owner()));
    }
    check(answer.succeeded(), "%s by its owner was answered with %s", call, answer);
    if (!operators && ForeignIds.of(operation)) {
      foreignIds(operation, recipe);
    }
  }

  private void attack(Operation operation, Call call, List<Attacker> attackers) throws Exception {
    for (Attacker attacker : attackers) {
      if (attacker.closed().test(operation)) {
        Answer answer = attacker.door().send(call);
        check(
            attacker.refused().test(operation, answer),
            "%s with %s was answered with %s",
            call,
            attacker.name(),
            answer.status());
      }
    }
  }

  /** Attacks an operation that takes the token of somebody who is signed in. */
  public void onPeople(Operation operation) throws Exception {
    Person mine = cast.owner().owner().person();
    Person his = cast.stranger().owner().person();
    Call call = people.prepare(operation, mine);
    if (call == null) {
      check(false, "%s has no recipe, so that nobody can ask for it", operation.key());
      return;
    }
    for (Attacker attacker : cast.tenants()) {
      if (attacker.nobody()) {
        int status = attacker.door().send(call).status();
        check(status == 401, "%s with %s was answered with %s", call, attacker.name(), status);
      }
    }
    int key = cast.owner().send(call).status();
    check(key == 403, "%s with a key was answered with %s", call, key);
    if (operation.hasPathParameters()) {
      int other = his.door().send(call).status();
      check(other == 404, "%s with another person's token was answered with %s", call, other);
    }
    Answer answer = mine.door().send(call);
    check(answer.succeeded(), "%s by its person was answered with %s", call, answer);
  }

  /** A stranger's own requests that name an object of the owner's somewhere. */
  private void foreignIds(Operation operation, Recipe recipe) throws Exception {
    Call his = recipe.prepare(operation, cast.stranger().owner());
    List<Call> attempts = new ArrayList<>();
    Outcome outcome =
        untouched.by(
            cast.owner().tenantId(),
            () -> {
              Call mine = recipe.prepare(operation, cast.owner().owner());
              attempts.clear();
              attempts.addAll(ForeignIds.in(operation, his, mine, cast.owner().owner()));
              return mine;
            },
            mine -> {
              for (Call attempt : attempts) {
                Answer answer = cast.stranger().send(attempt);
                check(
                    ForeignIds.nothing(operation, answer),
                    "%s naming another tenant's was answered with %s",
                    attempt,
                    answer);
              }
            });
    unchanged(operation, outcome);
  }

  private void unchanged(Operation operation, Outcome outcome) {
    check(
        outcome.changed().isEmpty(),
        "%s: attackers changed rows of %s",
        operation.key(),
        outcome.changed());
  }

  private void check(boolean holds, String complaint, Object... details) {
    cases++;
    if (!holds) {
      leaks++;
      complaints.accept(complaint.formatted(details));
    }
  }
}
