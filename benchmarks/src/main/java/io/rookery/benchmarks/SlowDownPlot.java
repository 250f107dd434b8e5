// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.ledger.SinkProcess;
import io.rookery.benchmarks.ledger.SinkProcess.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Looks at a sink each five seconds and draws what it took and what it refused. */
final class SlowDownPlot {

  private static final int STEP = 5;
  private static final int WIDTH = 50;

  private final SinkProcess sink;
  private final Report report;
  private int seconds;
  private double widest = 1;

  SlowDownPlot(SinkProcess sink, Report report) {
    this.sink = sink;
    this.report = report;
  }

  /** What was taken and refused a second, in steps of five seconds. */
  record Steps(List<Double> taken, List<Double> refused) {

    /** Returns the rate from a second of the phase on. */
    double rate(int from) {
      return mean(taken, from);
    }

    /** Returns the share of what was refused from a second of the phase on. */
    double refusedShare(int from) {
      double all = mean(taken, from) + mean(refused, from);
      return all == 0 ? 1 : mean(refused, from) / all;
    }

    private static double mean(List<Double> steps, int from) {
      return steps.stream().skip(from / STEP).mapToDouble(step -> step).average().orElse(0);
    }
  }

  /** Waits until mail flows. */
  void awaitRate(double perSecond) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(2);
    long before = sink.status().accepted();
    while (System.nanoTime() < end) {
      TimeUnit.SECONDS.sleep(1);
      long now = sink.status().accepted();
      if (now - before >= perSecond) {
        return;
      }
      before = now;
    }
    throw new IOException("Mail does not flow: " + sink.status());
  }

  /** Draws a phase of some length. */
  Steps phase(String name, int length) throws IOException, InterruptedException {
    report.line("-- %s", name);
    Steps steps = new Steps(new ArrayList<>(), new ArrayList<>());
    for (int i = 0; i < length / STEP; i++) {
      step(steps);
    }
    return steps;
  }

  /**
   * Draws until a rate is reached; returns after how many seconds, or -1 where it is not within a
   * time.
   */
  int until(String name, double perSecond, int most) throws IOException, InterruptedException {
    report.line("-- %s", name);
    Steps steps = new Steps(new ArrayList<>(), new ArrayList<>());
    for (int passed = STEP; passed <= most; passed += STEP) {
      step(steps);
      if (steps.taken().get(steps.taken().size() - 1) >= perSecond) {
        return passed;
      }
    }
    return -1;
  }

  private void step(Steps steps) throws IOException, InterruptedException {
    Status before = sink.status();
    long begin = System.nanoTime();
    TimeUnit.SECONDS.sleep(STEP);
    Status after = sink.status();
    double passed = (System.nanoTime() - begin) / 1e9;
    double taken = (after.accepted() - before.accepted()) / passed;
    double refused = (after.refused() - before.refused()) / passed;
    steps.taken().add(taken);
    steps.refused().add(refused);
    widest = Math.max(widest, taken);
    seconds += STEP;
    report.line(
        "%4d s %6.1f/s refused %6.1f/s %s",
        seconds, taken, refused, "#".repeat((int) Math.round(taken / widest * WIDTH)));
  }
}
