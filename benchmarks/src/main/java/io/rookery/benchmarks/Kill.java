// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

/**
 * Kills the JVM, PostgreSQL and the receiving server while mail flows, on one node and on two, and
 * takes account of every message from the receiving server's ledger.
 */
final class Kill {

  private final Options options;
  private final Report report;

  Kill(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int count = options.countOr(options.sabotage() ? 3 : 200);
    int lost = 0;
    int doubled = 0;
    int bound = 0;
    boolean holds = true;
    for (int nodes = 1; nodes <= 2; nodes++) {
      int kills = kills(count, nodes);
      if (kills > 0) {
        for (Verdict verdict : new KillRun(options, report, nodes).run(kills)) {
          lost += verdict.lost();
          doubled += verdict.doubled();
          bound += verdict.bound();
          holds &= verdict.holds();
        }
      }
    }
    report.line("lost %d doubled %d bound %d", lost, doubled, bound);
    return holds;
  }

  /** Without a number of nodes, half of the kills hit one node and half two; sabotage needs one. */
  private int kills(int count, int nodes) {
    if (options.nodes() != 0 || options.sabotage()) {
      return nodes == Math.max(1, options.nodes()) ? count : 0;
    }
    return nodes == 1 ? count - count / 2 : count / 2;
  }
}
