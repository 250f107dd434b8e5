// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;

/** The samples of a soak, and whether they grow: the last third beside the first. */
final class SoakTable {

  private static final double MEGABYTE = 1024.0 * 1024.0;

  private final Report report;
  private final List<Probe> probes = new ArrayList<>();

  SoakTable(Report report) {
    this.report = report;
    report.line("  time  messages  heap MB  threads  files  database MB  bytes/message");
  }

  void add(Probe probe) {
    probes.add(probe);
    report.line(
        "%5d s  %8d  %7.1f  %7.0f  %5.0f  %11.1f  %13.0f",
        probe.seconds(),
        probe.messages(),
        probe.heap() / MEGABYTE,
        probe.threads(),
        probe.files(),
        probe.database() / MEGABYTE,
        probes.size() == 1 ? 0 : perMessage(probes.get(probes.size() - 2), probe));
  }

  private static double perMessage(Probe from, Probe to) {
    return (to.database() - from.database()) / Math.max(1, to.messages() - from.messages());
  }

  /** Returns whether all is flat, leaving out the first samples. */
  boolean verdict(int warmUp) {
    List<Probe> warm = probes.subList(warmUp, probes.size());
    int third = Math.max(1, warm.size() / 3);
    List<Probe> first = warm.subList(0, third);
    List<Probe> last = warm.subList(warm.size() - third, warm.size());
    boolean flat = flat("heap MB", first, last, p -> p.heap() / MEGABYTE, 0.10, 8);
    flat &= flat("threads", first, last, Probe::threads, 0.05, 5);
    flat &= flat("files", first, last, Probe::files, 0.05, 10);
    Probe middle = warm.get(warm.size() / 2);
    double before = perMessage(first.get(0), middle);
    double after = perMessage(middle, last.get(last.size() - 1));
    flat &= tell("database bytes/message", before, after, 0.15, 100);
    long messages = last.get(last.size() - 1).messages();
    report.line(
        "soak %s after %d messages in %d s",
        flat ? "flat" : "growing", messages, last.get(last.size() - 1).seconds());
    return flat;
  }

  private boolean flat(
      String name,
      List<Probe> first,
      List<Probe> last,
      ToDoubleFunction<Probe> value,
      double share,
      double slack) {
    double before = first.stream().mapToDouble(value).average().orElse(0);
    double after = last.stream().mapToDouble(value).average().orElse(0);
    return tell(name, before, after, share, slack);
  }

  private boolean tell(String name, double before, double after, double share, double slack) {
    boolean flat = after <= before * (1 + share) + slack;
    report.line(
        "%s: %.1f, then %.1f, may grow by %.0f %% and %.0f: %s",
        name, before, after, share * 100, slack, flat ? "flat" : "GROWING");
    return flat;
  }
}
