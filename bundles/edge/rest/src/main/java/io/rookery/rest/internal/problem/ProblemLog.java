// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.problem;

import io.rookery.rest.internal.filter.Exchanges;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs problems: the caller's own without a stack, ours with one; never an address or a token. */
final class ProblemLog implements ProblemPostProcessor {

  private static final Logger LOG = LoggerFactory.getLogger(ProblemLog.class);

  @Override
  public Problem process(Problem problem, Throwable error) {
    String route = Exchanges.route();
    if (problem.status() >= 500) {
      LOG.error(
          "{} {} on {}, request {}",
          problem.status(),
          problem.code(),
          route,
          problem.requestId(),
          error);
    } else {
      LOG.warn(
          "{} {} on {}, request {}", problem.status(), problem.code(), route, problem.requestId());
    }
    return problem;
  }
}
