// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import io.rookery.itests.isolation.Door;
import io.rookery.itests.isolation.Door.Answer;
import io.rookery.itests.isolation.Operation;
import java.util.function.BiPredicate;
import java.util.function.Predicate;

/**
 * Somebody who sends an owner's very request.
 *
 * @param name what is wrong with them
 * @param door what they speak through
 * @param closed the operations that are closed to them
 * @param refused whether an answer of an operation tells and gives them nothing
 * @param nobody whether what they show is worth nothing anywhere
 */
record Attacker(
    String name,
    Door door,
    Predicate<Operation> closed,
    BiPredicate<Operation, Answer> refused,
    boolean nobody) {

  Attacker(
      String name, Door door, Predicate<Operation> closed, BiPredicate<Operation, Answer> refused) {
    this(name, door, closed, refused, false);
  }

  /** Somebody to whom all operations are closed that take a key, and who gets this status. */
  static Attacker unknown(String name, Door door) {
    return new Attacker(name, door, o -> true, (o, answer) -> answer.status() == 401, true);
  }
}
