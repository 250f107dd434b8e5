// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.SinkProcess;
import io.rookery.benchmarks.load.Feeder;
import io.rookery.benchmarks.load.LoadTenant;
import io.rookery.benchmarks.load.LoadTenant.Shape;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Sends at a steady rate and watches what a leak would have grow: heap after a collection, threads,
 * open files, the database's size per message.
 */
final class Soak {

  private static final int RATE = 100;
  private static final int TENANTS = 2;
  private static final int LIST = 5_000;

  /** So many at each sample that two samples tell. */
  private static final int LEAKED = 50;

  private final Options options;
  private final Report report;
  private final List<Socket> leaked = new ArrayList<>();

  Soak(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int minutes = options.minutes() == 0 ? 60 : options.minutes();
    // A short run is sampled more often, so that there are thirds to compare.
    long period = Math.min(60, minutes * 60L / 12);
    Path ledgerFile = Files.createTempFile("rookery-ledger-", ".tsv");
    try (SinkProcess sink = SinkProcess.start(ledgerFile);
        Cluster cluster = Cluster.alone(Path.of(System.getProperty("rookery.distribution")))) {
      sink.rate(RATE);
      Ledger ledger = new Ledger(ledgerFile);
      List<LoadTenant> tenants = LoadTenant.create(cluster, TENANTS, Shape.FAST, sink.port());
      // All contacts come first, so that what grows afterwards is what sending leaves behind.
      for (LoadTenant tenant : tenants) {
        tenant.prepare(2 + minutes * 60 * RATE / TENANTS / LIST, LIST);
      }
      SoakTable table = new SoakTable(report);
      try (Feeder feeder = Feeder.start(tenants, ledger, LIST, LIST / 2)) {
        sample(minutes, period, feeder, cluster, ledger, table);
      }
      // Five minutes of an hour are for warming up.
      return table.verdict((int) Math.max(1, Math.min(300, minutes * 60L / 6) / period));
    } finally {
      Files.delete(ledgerFile);
      for (Socket socket : leaked) {
        socket.close();
      }
    }
  }

  private void sample(
      int minutes, long period, Feeder feeder, Cluster cluster, Ledger ledger, SoakTable table)
      throws Exception {
    long begin = System.nanoTime();
    for (long at = 0; at <= minutes * 60L; at += period) {
      long wait = begin + TimeUnit.SECONDS.toNanos(at) - System.nanoTime();
      TimeUnit.NANOSECONDS.sleep(Math.max(0, wait));
      feeder.check();
      if (options.sabotage()) {
        leak(cluster);
      }
      table.add(Probe.of(at, cluster, ledger.size()));
    }
  }

  /** Opens connections that stay. */
  private void leak(Cluster cluster) throws Exception {
    for (int i = 0; i < LEAKED; i++) {
      leaked.add(new Socket("127.0.0.1", cluster.node(0).rookery().root().getPort()));
    }
  }
}
