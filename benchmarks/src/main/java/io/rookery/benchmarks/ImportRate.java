// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/**
 * Imports a file by REST and measures it, then imports as many others, kills the platform in the
 * middle, starts it again and counts: every row once, none half.
 */
final class ImportRate {

  private final Options options;
  private final Report report;

  ImportRate(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    int rows = options.countOr(100_000);
    try (Bench bench = Bench.start("import")) {
      double rate = whole(bench, rows);
      report.line("%d rows at once: %.0f rows/s, resident %d MB", rows, rate, resident(bench));
      Counts counts = killed(bench, rows);
      report.line("Killed at %d rows and resumed: %s", counts.at(), counts.text());
      long wrong =
          Math.abs(rows - counts.created()) + counts.rest() + Math.abs(rows - counts.rows());
      report.line("import %.0f rows/s wrong %d of %d", rate, wrong, rows);
      return wrong == 0;
    }
  }

  private double whole(Bench bench, int rows) throws Exception {
    Path file = ContactsFile.write(bench.file("first.csv"), rows);
    long begin = System.nanoTime();
    JsonNode end = await(bench, start(bench, file));
    double seconds = (System.nanoTime() - begin) / 1e9;
    if (end.path("counts").path("created").asLong() != rows) {
      throw new IOException("The import came to " + end);
    }
    return rows / seconds;
  }

  /** Begins an import into a tenant of its own, so that no address exists yet. */
  private Counts killed(Bench bench, int rows) throws Exception {
    TenantKey tenant = TenantKey.create(bench.rookery(), "killed");
    Rest rest = new Rest(bench.rookery().root(), tenant.key());
    Path file = ContactsFile.write(bench.file("second.csv"), rows);
    String id = rest.postCsv("imports?file_name=second.csv", file).path("id").asText();
    long at = 0;
    while (at < rows / 4) {
      at = rest.get("imports/" + id).path("counts").path("rows").asLong();
    }
    bench.rookery().kill();
    bench.rookery().start();
    if (options.sabotage()) {
      rest.post(
          "contacts",
          Rest.object(
              "email", "person" + (rows - 1) + "@dest" + (rows - 1) % 500 + ".example.org"));
    }
    JsonNode end = await(rest, id);
    return new Counts(at, end.path("counts"));
  }

  private static String start(Bench bench, Path file) throws Exception {
    return bench.rest().postCsv("imports?file_name=first.csv", file).path("id").asText();
  }

  private static JsonNode await(Bench bench, String id) throws Exception {
    return await(bench.rest(), id);
  }

  private static JsonNode await(Rest rest, String id) throws Exception {
    while (true) {
      JsonNode now = rest.get("imports/" + id);
      if (!now.path("finished_at").isMissingNode() && !now.path("finished_at").isNull()) {
        return now;
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private static long resident(Bench bench) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + bench.rookery().pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }

  private record Counts(long at, JsonNode counts) {
    long rows() {
      return counts.path("rows").asLong();
    }

    long created() {
      return counts.path("created").asLong();
    }

    long rest() {
      return counts.path("duplicates").asLong()
          + counts.path("rejected").asLong()
          + counts.path("updated").asLong()
          + counts.path("unchanged").asLong();
    }

    String text() {
      return counts.toString();
    }
  }
}
