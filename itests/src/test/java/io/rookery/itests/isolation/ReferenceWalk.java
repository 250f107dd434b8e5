// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import io.rookery.itests.isolation.Door.Answer;
import io.rookery.itests.isolation.EndpointWalk.Cast;
import io.rookery.itests.isolation.Operation.Reference;
import java.util.UUID;

/**
 * Names another tenant's objects in queries and bodies. A change is refused, a listing is empty,
 * and neither tells whether somebody has such an object.
 */
final class ReferenceWalk {

  private final Watch watch;
  private final Cast cast;
  private final Findings findings;

  ReferenceWalk(Watch watch, Cast cast, Findings findings) {
    this.watch = watch;
    this.cast = cast;
    this.findings = findings;
  }

  void walk(Operation operation, Recipe recipe) throws Exception {
    for (Reference reference : operation.references()) {
      Named named = Named.of(reference.name()).orElse(null);
      if (named == null) {
        findings.check(
            false, "%s: say in Named what %s stands for", operation.key(), reference.name());
      } else {
        walk(operation, recipe, reference, named);
      }
    }
  }

  private void walk(Operation operation, Recipe recipe, Reference reference, Named named)
      throws Exception {
    Side stranger = cast.stranger();
    Call his = recipe.prepare(operation, stranger.owner());
    String foreign = named.id().by(cast.owner().owner());
    Call naming = his.with(reference, foreign);
    Object there = watch.item(cast.owner(), named.item(), foreign);
    Object around = operation.reads() ? null : watch.of(stranger, operation, recipe, his);
    Answer answer = stranger.send(naming);
    findings.check(
        refused(operation, answer), "%s naming another's %s: %s", naming, reference, answer);
    Answer unknown = stranger.send(his.with(reference, UUID.randomUUID().toString()));
    findings.same(
        unknown.told(), answer.told(), "%s tells whether there is such a %s", naming, reference);
    findings.same(
        there, watch.item(cast.owner(), named.item(), foreign), "%s, the object named", naming);
    if (!operation.reads()) {
      Object now = watch.of(stranger, operation, recipe, his);
      findings.same(around, now, "%s was refused, and yet", naming);
    }
    Call right = his.with(reference, named.id().by(stranger.owner()));
    Answer taken = stranger.send(right);
    findings.check(
        taken.succeeded() && !empty(operation, taken), "%s naming its own: %s", right, taken);
  }

  private static boolean refused(Operation operation, Answer answer) throws Exception {
    return answer.status() / 100 == 4
        || operation.reads() && answer.succeeded() && empty(operation, answer);
  }

  private static boolean empty(Operation operation, Answer answer) throws Exception {
    return operation.reads() && answer.json().has("data") && answer.json().path("data").isEmpty();
  }
}
