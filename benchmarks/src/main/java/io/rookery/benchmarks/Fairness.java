// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.fairness.Bursts;
import io.rookery.benchmarks.fairness.Crowd;
import io.rookery.benchmarks.fairness.InFlight;
import io.rookery.benchmarks.fairness.Shares;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.SinkProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;

/**
 * Fifty tenants of three weights, one of them with a great many messages queued, send from some
 * nodes to one server that takes a hundred messages a second. Another tenant's transactional
 * messages, posted in bursts at either node, must not feel it, and the fifty must share the server
 * by their weights.
 */
final class Fairness {

  private static final int RATE = 100;
  private static final int FULL = 1_000_000;
  private static final int BURST = 10;
  private static final long GATE_MILLIS = 1_000;
  private static final double GATE_SHARE = 0.05;

  private final Options options;
  private final Report report;

  Fairness(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int queued = options.countOr(options.sabotage() ? 5_000 : FULL);
    boolean full = queued >= FULL;
    int messages = full ? 1_000 : options.sabotage() ? 50 : 200;
    int seconds = full ? 300 : options.sabotage() ? 20 : 60;
    Path distribution = Path.of(System.getProperty("rookery.distribution"));
    Path ledgerFile = Files.createTempFile("rookery-ledger-", ".tsv");
    try (SinkProcess sink = SinkProcess.start(ledgerFile);
        Cluster cluster =
            Cluster.shared(distribution, options.nodes() == 0 ? 2 : options.nodes())) {
      sink.rate(RATE);
      Ledger ledger = new Ledger(ledgerFile);
      Crowd crowd = Crowd.create(cluster, sink.port(), options.sabotage());
      report.line("%d tenants", crowd.tenants().size());
      crowd.queue(queued, RATE * (seconds + 90));
      report.line("%d messages are due, one tenant has %d of them", crowd.due(), queued);
      // Nodes have come to know the server, and each other, by then.
      TimeUnit.SECONDS.sleep(full ? 60 : options.sabotage() ? 10 : 20);
      int first = ledger.size();
      long begin = System.currentTimeMillis();
      InFlight inFlight = InFlight.watch(sink);
      Bursts bursts = Bursts.post(crowd.urgent(), messages / BURST, BURST, seconds);
      long rest = begin + seconds * 1000L - System.currentTimeMillis();
      TimeUnit.MILLISECONDS.sleep(Math.max(0, rest));
      int[] counts = inFlight.end();
      long end = System.currentTimeMillis();
      Shares shares = Shares.of(ledger.from(first), crowd.weights(), new Shares.Span(begin, end));
      long[] millis = bursts.await(ledger);
      report.line("%s until they were answered", spread(bursts.answeredIn()));
      return report(new Outcome(shares, millis, counts, (end - begin) / 1000.0));
    } finally {
      Files.delete(ledgerFile);
    }
  }

  private record Outcome(Shares shares, long[] millis, int[] inFlight, double seconds) {}

  private boolean report(Outcome outcome) {
    Shares shares = outcome.shares();
    report.line("%.1f messages of campaigns a second", shares.all() / outcome.seconds());
    shares
        .classes()
        .forEach(
            (weight, share) ->
                report.line(
                    "weight %d: %.2f of what a tenant of weight 1 should have, off by %.1f %%",
                    weight, share * weight, 100 * (share - 1)));
    report.line(
        "a single tenant is off by %.1f %% at most, a message is %.1f %% of the smallest part",
        100 * shares.worstTenant(), 100 * shares.grain());
    int[] sorted = outcome.inFlight().clone();
    Arrays.sort(sorted);
    report.line(
        "at the server at a time: median %d, p95 %d, at most %d; 250 ms of its rate are %d",
        at(sorted, 50), at(sorted, 95), at(sorted, 100), RATE / 4);
    long[] millis = outcome.millis().clone();
    Arrays.sort(millis);
    report.line("%s until they left", spread(millis));
    double off = Math.max(shares.worstClass(), shares.fineGrained() ? shares.worstTenant() : 0);
    report.line(
        "fairness p99 %d ms shares within %.1f %% gates %d ms %.0f %%",
        at(millis, 99), 100 * off, GATE_MILLIS, 100 * GATE_SHARE);
    return at(millis, 99) < GATE_MILLIS && off <= GATE_SHARE;
  }

  private static String spread(long[] millis) {
    long[] sorted = millis.clone();
    Arrays.sort(sorted);
    return "%d transactional messages: p50 %d ms, p90 %d ms, p99 %d ms, at most %d ms"
        .formatted(sorted.length, at(sorted, 50), at(sorted, 90), at(sorted, 99), at(sorted, 100));
  }

  private static int at(int[] sorted, int percent) {
    return (int) at(Arrays.stream(sorted).asLongStream().toArray(), percent);
  }

  /** Returns the least value that so many per cent of all do not pass. */
  private static long at(long[] sorted, int percent) {
    int index = (int) Math.ceil(sorted.length * percent / 100.0) - 1;
    return sorted[Math.max(0, index)];
  }
}
