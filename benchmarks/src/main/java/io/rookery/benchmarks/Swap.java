// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.SinkProcess;
import io.rookery.benchmarks.ledger.Stage;
import io.rookery.benchmarks.swap.Crowd;
import io.rookery.benchmarks.swap.Kind;
import io.rookery.benchmarks.swap.Operator;
import io.rookery.benchmarks.swap.Pauses;
import io.rookery.benchmarks.swap.Releases;
import io.rookery.benchmarks.swap.Witness;
import io.rookery.itests.running.RemoteShell;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Replaces the mail plugin in every way that there is while twenty tenants send by it, and counts
 * at the receiving end: nobody's mail lost or doubled, no long pause, nothing else touched.
 */
final class Swap {

  private static final int TENANTS = 20;
  private static final int GAP_MILLIS = 200;

  /** For how long the mail must last for each swap, in seconds; what is left goes at the end. */
  private static final int SECONDS_FOR_SWAP = 12;

  private static final long GATE_MILLIS = 2_000;

  private final Options options;
  private final Report report;

  Swap(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int count = options.countOr(options.sabotage() ? 2 : 50);
    int messages = (count + 2) * SECONDS_FOR_SWAP * 1000 / GAP_MILLIS;
    try (Bench bench = Bench.start("swap");
        RemoteShell shell = RemoteShell.open(bench.rookery());
        SinkProcess sink = SinkProcess.start(bench.file("ledger"))) {
      Crowd crowd =
          Crowd.start(bench.rookery(), new Crowd.Size(TENANTS, messages, GAP_MILLIS), sink.port());
      Ledger ledger = new Ledger(sink.ledger());
      await("everybody to send", () -> ledger.size() > TENANTS * 20);
      if (options.sabotage()) {
        sink.fault(Stage.DOT, "1000:twice");
      }
      Path home = bench.rookery().home();
      Releases releases =
          new Releases(
              plugin(home), Path.of(System.getProperty("rookery.faulty")), bench.file("releases"));
      Witness before = Witness.of(home, shell);
      long from = System.currentTimeMillis();
      Operator operator = new Operator(shell, home);
      Map<Kind, Long> longest = swap(count, operator, releases, ledger);
      Pauses pauses = Pauses.between(ledger.lines(), from, System.currentTimeMillis());
      List<String> changed = before.changedUntil(Witness.of(home, shell), Operator.PLUGIN);
      changed.forEach(line -> report.line("changed: %s", line));
      longest.forEach((kind, millis) -> report.line("%s: longest pause %d ms", kind, millis));
      crowd.finish();
      Account account = Account.of(ledger.lines(), crowd.recipients());
      report.line(
          "%d swaps, %d messages, one in %d ms for each tenant",
          count, account.reached(), GAP_MILLIS);
      report.line(
          "lost %d doubled %d longest pause %d ms, of one tenant %d ms, core changed %d",
          account.lost().size(),
          account.doubles().size(),
          pauses.all(),
          pauses.one(),
          changed.size());
      return account.lost().isEmpty()
          && account.doubles().isEmpty()
          && pauses.one() <= GATE_MILLIS
          && changed.isEmpty();
    }
  }

  private Map<Kind, Long> swap(int count, Operator operator, Releases releases, Ledger ledger)
      throws Exception {
    Map<Kind, Long> longest = new EnumMap<>(Kind.class);
    for (int i = 0; i < count; i++) {
      Kind kind = Kind.values()[i % Kind.values().length];
      long begin = System.currentTimeMillis();
      kind.swap(operator, releases);
      if (options.sabotage() && i == 0) {
        operator.refreshCore();
      }
      long end = System.currentTimeMillis();
      await("everybody to send again", () -> Pauses.senders(ledger.lines(), end) == TENANTS);
      Pauses pauses = Pauses.between(ledger.lines(), begin, end);
      longest.merge(kind, pauses.all(), Math::max);
      report.line(
          "swap %d %s took %d ms: pause %d ms, of one tenant %d ms",
          i + 1, kind, end - begin, pauses.all(), pauses.one());
    }
    return longest;
  }

  private static void await(String what, Callable<Boolean> done) throws Exception {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!done.call()) {
      if (System.nanoTime() > end) {
        throw new IOException("Waited in vain for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private static Path plugin(Path home) throws IOException {
    try (Stream<Path> files = Files.walk(home.resolve("system/io/rookery"))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith(Operator.PLUGIN))
          .filter(file -> file.toString().endsWith(".jar"))
          .findFirst()
          .orElseThrow();
    }
  }
}
