// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.SinkProcess;
import io.rookery.benchmarks.load.Drain;
import io.rookery.benchmarks.load.LoadTenant;
import io.rookery.benchmarks.load.LoadTenant.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A receiver that refuses what comes faster than it likes: 50 messages a second, then 10, then all
 * again. The rate has to follow within the bound, with few refusals, and to come back.
 */
final class SlowDown {

  /** What the receiver takes a second where it refuses nothing. */
  private static final int FREE = 200;

  private static final int RECOVERY_SECONDS = 180;
  private static final double GATE_SHARE = 0.15;

  private final Options options;
  private final Report report;

  SlowDown(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int count = options.countOr(30_000);
    Path distribution = Path.of(System.getProperty("rookery.distribution"));
    Path ledgerFile = Files.createTempFile("rookery-ledger-", ".tsv");
    try (SinkProcess sink = SinkProcess.start(ledgerFile);
        Cluster cluster = Cluster.alone(distribution)) {
      Ledger ledger = new Ledger(ledgerFile);
      sink.rate(FREE);
      List<LoadTenant> tenants =
          LoadTenant.create(cluster, 1, new Shape(1, 10, 1_000_000, 0), sink.port());
      LoadTenant tenant = tenants.get(0);
      tenant.prepare(1, count);
      tenant.startNext();
      SlowDownPlot plot = new SlowDownPlot(sink, report);
      plot.awaitRate(FREE / 2);
      double free = plot.phase("takes all", 15).rate(5);
      double refused = steadyRefusals(sink, plot);
      int recovered = recover(sink, plot, free);
      sink.refuseAbove(0);
      Drain.of(cluster, ledger, tenants).await(Drain.USUAL_QUIET, report::line);
      Account account = Account.of(ledger.lines(), tenant.expected());
      report.line(
          "slowdown refused share %.0f %% recovered in %s s lost %d doubled %d",
          refused * 100,
          recovered < 0 ? "more than " + RECOVERY_SECONDS : Integer.toString(recovered),
          account.lost().size(),
          account.doubles().size());
      return refused <= GATE_SHARE
          && recovered >= 0
          && account.lost().isEmpty()
          && account.doubles().isEmpty();
    } finally {
      Files.delete(ledgerFile);
    }
  }

  /** Returns the greater share of what was refused once a bound had stood for a while. */
  private double steadyRefusals(SinkProcess sink, SlowDownPlot plot)
      throws IOException, InterruptedException {
    sink.refuseAbove(50);
    double fast = plot.phase("takes 50 a second", 70).refusedShare(25);
    sink.refuseAbove(10);
    double slow = plot.phase("takes 10 a second", 90).refusedShare(30);
    return Math.max(fast, slow);
  }

  /** Returns after how many seconds most of the free rate was reached, or -1 for not in time. */
  private int recover(SinkProcess sink, SlowDownPlot plot, double free)
      throws IOException, InterruptedException {
    if (!options.sabotage()) {
      sink.refuseAbove(0);
    }
    return plot.until("takes all again", 0.8 * free, RECOVERY_SECONDS);
  }
}
