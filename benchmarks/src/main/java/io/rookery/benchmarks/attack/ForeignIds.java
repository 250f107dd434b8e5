// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import io.rookery.itests.isolation.Call;
import io.rookery.itests.isolation.Door.Answer;
import io.rookery.itests.isolation.Named;
import io.rookery.itests.isolation.Operation;
import io.rookery.itests.isolation.Operation.Reference;
import io.rookery.itests.isolation.Owner;
import java.util.ArrayList;
import java.util.List;

/** Requests of a stranger's own, with an owner's id in one place: path, query or body. */
final class ForeignIds {

  private static final String SEVERAL_IN_PATH = ".*[{].*[{].*";

  private ForeignIds() {}

  /** Returns whether an operation has such a place. */
  static boolean of(Operation operation) {
    return !operation.references().isEmpty() || operation.template().matches(SEVERAL_IN_PATH);
  }

  /**
   * Returns a request for each place; a version's number is the same for everybody.
   *
   * @param his the stranger's request
   * @param mine the owner's
   * @param owner who makes what is named
   */
  static List<Call> in(Operation operation, Call his, Call mine, Owner owner) throws Exception {
    List<Call> attempts = new ArrayList<>();
    for (int i = 1; i < mine.ids().size(); i++) {
      if (mine.namesObject(i)) {
        attempts.add(his.withId(i, mine.ids().get(i)).again());
      }
    }
    for (Reference reference : operation.references()) {
      Named named =
          Named.of(reference.name())
              .orElseThrow(
                  () -> new IllegalStateException("Say in Named what is " + reference.name()));
      attempts.add(his.with(reference, named.id().by(owner)));
    }
    return attempts;
  }

  /**
   * Returns whether an answer gives nothing: a refusal, a listing without items, or the word that
   * something is not there any more, which is said of what never was there, too.
   */
  static boolean nothing(Operation operation, Answer answer) throws Exception {
    boolean empty =
        operation.reads()
            && answer.succeeded()
            && answer.json().has("data")
            && answer.json().path("data").isEmpty();
    boolean gone = operation.method().equals("DELETE") && answer.status() == 204;
    return empty || gone || answer.status() / 100 == 4;
  }
}
