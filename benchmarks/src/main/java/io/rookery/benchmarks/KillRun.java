// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.Strike.Victim;
import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.cluster.Node;
import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.SinkProcess;
import io.rookery.benchmarks.ledger.Stage;
import io.rookery.benchmarks.load.Drain;
import io.rookery.benchmarks.load.Feeder;
import io.rookery.benchmarks.load.LoadTenant;
import io.rookery.benchmarks.load.LoadTenant.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A number of kills on one cluster, then slow final replies without any, and both accounts. */
final class KillRun {

  private static final int WINDOW = 64;
  private static final int RATE = 200;
  private static final int INSIDE = 16;
  private static final int TENANTS = 4;
  private static final int LIST = 1_500;
  private static final int LOW = 700;

  /** Longer than a lease, which ends after ten seconds. */
  private static final Duration HELD = Duration.ofSeconds(17);

  private final Options options;
  private final Report report;
  private final int nodes;
  private final Random random = new Random();
  private final List<Strike> strikes = new ArrayList<>();

  KillRun(Options options, Report report, int nodes) {
    this.options = options;
    this.report = report;
    this.nodes = nodes;
  }

  /** Returns the account of the kills and that of the slow replies. */
  List<Verdict> run(int kills) throws Exception {
    Path distribution = Path.of(System.getProperty("rookery.distribution"));
    Path ledgerFile = Files.createTempFile("rookery-ledger-", ".tsv");
    try (SinkProcess sink = SinkProcess.start(ledgerFile);
        Cluster cluster =
            nodes == 1 ? Cluster.alone(distribution) : Cluster.shared(distribution, nodes)) {
      Ledger ledger = new Ledger(ledgerFile);
      sink.rate(RATE).delay(Stage.DATA, 200);
      List<LoadTenant> tenants = LoadTenant.create(cluster, TENANTS, Shape.FAST, sink.port());
      // A kill takes some twenty seconds with all that belongs to it.
      int lists = Math.max(2, kills * 20 * RATE / TENANTS / LIST);
      for (LoadTenant tenant : tenants) {
        tenant.prepare(lists, LIST);
      }
      if (options.sabotage()) {
        sink.fault(Stage.DOT, "300:lose");
      }
      List<Verdict> verdicts = new ArrayList<>();
      verdicts.add(kill(cluster, sink, ledger, tenants, kills));
      if (!options.sabotage()) {
        verdicts.add(slow(cluster, sink, ledger, tenants));
      }
      return verdicts;
    } finally {
      Files.delete(ledgerFile);
    }
  }

  private Verdict kill(
      Cluster cluster, SinkProcess sink, Ledger ledger, List<LoadTenant> tenants, int kills)
      throws Exception {
    report.line("%d kills on %d node%s", kills, nodes, nodes == 1 ? "" : "s");
    try (Feeder feeder = Feeder.start(tenants, ledger, LIST, LOW)) {
      awaitFlow(sink);
      for (int i = 0; i < kills; i++) {
        feeder.check();
        Victim victim = Victim.values()[i % Victim.values().length];
        strikes.add(strike(cluster, sink, victim));
        Strike done = strikes.get(i);
        report.line(
            "%d of %d: %s, %d inside DATA, resumed after %.1f s",
            i + 1, kills, done.what(), done.inside(), done.resumed());
      }
    }
    sink.delay(Stage.DATA, 0).rate(0);
    Drain.of(cluster, ledger, tenants).await(Drain.USUAL_QUIET, report::line);
    Verdict verdict = new Verdict(Account.of(ledger.lines(), expected(tenants)), strikes);
    verdict.print(report);
    return verdict;
  }

  private Strike strike(Cluster cluster, SinkProcess sink, Victim victim) throws Exception {
    TimeUnit.MILLISECONDS.sleep(3_000 + random.nextInt(7_000));
    Node node = victim == Victim.JVM ? awaitBusy(cluster) : null;
    int inside = awaitInside(sink);
    long begin = System.nanoTime();
    long at = System.currentTimeMillis();
    switch (victim) {
      case JVM -> {
        node.kill();
        node.start();
      }
      case POSTGRESQL -> {
        cluster.database().kill();
        cluster.database().start();
      }
      case SINK -> {
        sink.kill();
        TimeUnit.MILLISECONDS.sleep(random.nextInt(1_000));
        sink.start();
      }
    }
    awaitFlow(sink);
    double resumed = (System.nanoTime() - begin) / 1e9;
    return new Strike(victim, at, inside, resumed, WINDOW * victim.nodesStruck(nodes));
  }

  /** Returns a node that has given many messages away, one that idles cannot double any. */
  private Node awaitBusy(Cluster cluster) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end) {
      Node node = cluster.node(random.nextInt(nodes));
      if (node.givenAway() >= INSIDE) {
        return node;
      }
    }
    throw new IOException("No node ever gave " + INSIDE + " messages away");
  }

  private static int awaitInside(SinkProcess sink) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    while (System.nanoTime() < end) {
      int inside = sink.status().insideData();
      if (inside >= INSIDE) {
        return inside;
      }
      TimeUnit.MILLISECONDS.sleep(10);
    }
    throw new IOException("There were never " + INSIDE + " messages inside DATA");
  }

  /** Waits until mail flows at half the sink's rate. */
  private static void awaitFlow(SinkProcess sink) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    long before = sink.status().accepted();
    while (System.nanoTime() < end) {
      TimeUnit.MILLISECONDS.sleep(500);
      long now = sink.status().accepted();
      if (now - before >= RATE / 4) {
        return;
      }
      before = now;
    }
    throw new IOException("Mail flows no more: " + sink.status());
  }

  /** Nothing is killed, but some final replies come later than any lease lasts. */
  private Verdict slow(Cluster cluster, SinkProcess sink, Ledger ledger, List<LoadTenant> tenants)
      throws Exception {
    Set<String> before = expected(tenants);
    for (LoadTenant tenant : tenants) {
      tenant.startNew(options.countOr(200) < 50 ? 100 : 500);
    }
    sink.rate(RATE).set("delay." + Stage.REPLY, "50:" + HELD.toMillis());
    Drain.of(cluster, ledger, tenants).await(HELD.multipliedBy(2), report::line);
    sink.set("delay." + Stage.REPLY, null);
    Set<String> fresh = expected(tenants);
    fresh.removeAll(before);
    Verdict verdict = new Verdict(Account.of(ledger.lines(), fresh), List.of());
    report.line(
        "%d messages, each 50th final reply held for %d s, nothing killed:",
        fresh.size(), HELD.toSeconds());
    verdict.print(report);
    return verdict;
  }

  private static Set<String> expected(List<LoadTenant> tenants) {
    Set<String> all = new HashSet<>();
    tenants.forEach(tenant -> all.addAll(tenant.expected()));
    return all;
  }
}
