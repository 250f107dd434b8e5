// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.problem;

/** A step between an error and its answer; the steps run in order. */
@FunctionalInterface
interface ProblemPostProcessor {

  /** Returns the problem to go on with. */
  Problem process(Problem problem, Throwable error);
}
