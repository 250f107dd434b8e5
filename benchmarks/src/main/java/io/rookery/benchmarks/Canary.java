// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.rookery.benchmarks.canary.Aviary;
import io.rookery.benchmarks.canary.Findings;
import io.rookery.benchmarks.cluster.InsideDatabase;
import io.rookery.itests.running.RunningRookery;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/**
 * Has marked passwords, keys, tokens and codes go through every door of a running platform, rightly
 * and wrongly, and looks for them in all that it wrote, stored and said. None may be found. The
 * sabotage leaves three of them behind, each in another place and form.
 */
final class Canary {

  private static final String UNLIMITED = "100000000";
  private static final List<String> PLANTED =
      List.of("data/log/rookery.log", "table platform.left_behind.value", "data/left-behind");

  private final Options options;
  private final Report report;

  Canary(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    try (Bench bench = Bench.start("canary", Canary::unlimited)) {
      RunningRookery rookery = bench.rookery();
      Aviary aviary = Aviary.at(rookery);
      if (!options.sabotage()) {
        aviary.fly();
      }
      try (Connection database = new InsideDatabase(rookery.home()).connect()) {
        if (options.sabotage()) {
          plant(rookery, database, aviary.secret());
        }
        Findings findings = aviary.search(database);
        if (options.heap()) {
          findings.heap(heap(bench));
        }
        return holds(findings);
      }
    }
  }

  private boolean holds(Findings findings) {
    findings.lines().forEach(line -> report.line("%s", line));
    int hits = findings.hits();
    report.line(
        "canary marks %d, forms %d, answers %d, places %d, %d MB, hits %d",
        findings.marks(),
        findings.forms(),
        findings.answers(),
        findings.searched(),
        findings.megabytes(),
        hits);
    return options.sabotage() ? !findings.places().containsAll(PLANTED) : hits == 0;
  }

  private static void unlimited(RunningRookery rookery) throws IOException {
    rookery.with(
        "io.rookery.tenancy.cfg",
        Map.of("operator_rate_per_minute", UNLIMITED, "operator_burst", UNLIMITED));
    rookery.with("io.rookery.rest.cfg", Map.of("trusted.proxies", "127.0.0.1"));
  }

  /** A line in the log, octets in a row, and a file. */
  private static void plant(RunningRookery rookery, Connection database, String secret)
      throws IOException, SQLException {
    Files.writeString(
        rookery.home().resolve(PLANTED.get(0)),
        "Somebody signs in with " + secret + "\n",
        StandardOpenOption.APPEND);
    try (Statement statement = database.createStatement()) {
      statement.execute("create table platform.left_behind (value bytea)");
    }
    try (PreparedStatement insert =
        database.prepareStatement("insert into platform.left_behind values (?)")) {
      insert.setBytes(1, Base64.getEncoder().encode(("a:" + secret).getBytes(UTF_8)));
      insert.execute();
    }
    String hex = HexFormat.of().formatHex(secret.getBytes(UTF_8));
    Files.writeString(rookery.home().resolve(PLANTED.get(2)), hex);
  }

  private static Path heap(Bench bench) throws IOException, InterruptedException {
    Path file = bench.file("heap.hprof");
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    new ProcessBuilder(
            jcmd.toString(), Long.toString(bench.rookery().pid()), "GC.heap_dump", file.toString())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
    return file;
  }
}
