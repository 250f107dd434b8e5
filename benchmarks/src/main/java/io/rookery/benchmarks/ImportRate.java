// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.itests.running.Rest;
import io.rookery.itests.running.TenantKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * Imports a file by REST and measures it; imports as many others and kills the platform three times
 * on the way; cancels a third import in the middle and does it again. Each tenant's contacts are
 * counted at the end: every row once, none half.
 */
final class ImportRate {

  private static final String HEAP = "-Xmx512m";
  private static final int KILLS = 3;

  /** Fewer are imported before anybody can kill or cancel. */
  private static final int FEWEST = 50_000;

  /**
   * Milliseconds between two looks: an import of a million asks often enough for its rate limit.
   */
  private static final int POLL = 200;

  private static final Pattern COLLECTED = Pattern.compile("\\d+M->(\\d+)M\\(");

  private final Options options;
  private final Report report;
  private final int rows;
  private long wrong;

  ImportRate(Options options, Report report) {
    this.options = options;
    this.report = report;
    this.rows = Math.max(FEWEST, options.countOr(100_000));
  }

  boolean run() throws Exception {
    Path log = Files.createTempFile("rookery-gc", ".log");
    try (Bench bench =
        Bench.start("import", HEAP + " -Xlog:gc:file=" + log + ":time:filecount=0")) {
      Path file = ContactsFile.write(bench.file("contacts.csv"), rows);
      double rate = whole(bench, file, log);
      killed(bench, file);
      cancelled(bench, file);
      report.line("import %.0f rows/s wrong %d of %d", rate, wrong, rows);
      return wrong == 0;
    } finally {
      Files.delete(log);
    }
  }

  private double whole(Bench bench, Path file, Path log) throws Exception {
    long before = resident(bench);
    Import whole = Import.start(bench.rest(), null, file);
    JsonNode end = whole.await();
    report.line(
        "%d rows at once: %.0f rows/s with the upload of %.1f s; peak resident %d MB with %s, %d MB"
            + " before; %d MB of heap in use after a collection at the most",
        rows,
        rows / whole.seconds(),
        whole.uploadSeconds(),
        resident(bench),
        HEAP,
        before,
        collected(log));
    check("at once", whole, end, rows, 0);
    return rows / whole.seconds();
  }

  private void killed(Bench bench, Path file) throws Exception {
    Import killed = Import.start(bench, "killed", file);
    int[] points =
        new Random().ints(KILLS, rows / 20, rows - rows / 5).sorted().distinct().toArray();
    long[] at = new long[points.length];
    for (int kill = 0; kill < points.length; kill++) {
      at[kill] = killed.awaitRows(points[kill]);
      bench.rookery().kill();
      if (kill == 0 && options.sabotage()) {
        bench.rookery().start();
        killed.rest().post("contacts", Rest.object("email", ContactsFile.address(rows - 1)));
      } else {
        bench.rookery().start();
      }
    }
    JsonNode end = killed.await();
    report.line("killed at %s rows, resident %d MB", Arrays.toString(at), resident(bench));
    check("killed " + points.length + " times and resumed", killed, end, rows, 0);
  }

  private void cancelled(Bench bench, Path file) throws Exception {
    Import first = Import.start(bench, "cancelled", file);
    first.awaitRows(1);
    first.cancel();
    JsonNode end = first.await();
    long before = end.path("counts").path("created").asLong();
    if (!end.path("state").asText().equals("cancelled") || before == 0 || before >= rows) {
      wrong++;
      report.line("The cancelled import came to %s", end);
    }
    check("cancelled", first, end, before, 0);
    Import second = first.again(file);
    check("imported again", second, second.await(), rows - before, before);
  }

  /** Adds to what is wrong where counts differ, or the contacts there are differ from them. */
  private void check(String what, Import done, JsonNode end, long created, long unchanged)
      throws Exception {
    JsonNode counts = end.path("counts");
    long contacts = done.list() == null ? created : done.contacts();
    long off =
        Math.abs(counts.path("created").asLong() - created)
            + Math.abs(counts.path("unchanged").asLong() - unchanged)
            + Math.abs(counts.path("rows").asLong() - created - unchanged)
            + Math.abs(contacts - created - unchanged)
            + counts.path("duplicates").asLong()
            + counts.path("rejected").asLong()
            + counts.path("updated").asLong();
    wrong += off;
    report.line("%s: %s, contacts %d, wrong %d", what, counts, contacts, off);
  }

  /** Returns the most heap that was still in use after a collection, in MB. */
  private static long collected(Path log) throws IOException {
    return COLLECTED
        .matcher(Files.readString(log))
        .results()
        .mapToLong(found -> Long.parseLong(found.group(1)))
        .max()
        .orElse(0);
  }

  /** Returns the most memory that the process has had since its start, in MB. */
  private static long resident(Bench bench) throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/" + bench.rookery().pid() + "/status"))) {
      if (line.startsWith("VmHWM:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) / 1024;
      }
    }
    return 0;
  }

  /** One import, and the list that its contacts join. */
  private record Import(
      Rest rest, String list, String id, long begin, double uploadSeconds, long[] end) {

    /** Into a list of a tenant of its own, so that no address exists yet. */
    static Import start(Bench bench, String slug, Path file) throws Exception {
      TenantKey tenant = TenantKey.create(bench.rookery(), slug);
      Rest rest = new Rest(bench.rookery().root(), tenant.key());
      String list = rest.post("lists", Rest.object("name", "all")).path("id").asText();
      return start(rest, list, file);
    }

    /** Into a list, or none where it is null. */
    static Import start(Rest rest, String list, Path file) throws Exception {
      String path = "imports?file_name=contacts.csv" + (list == null ? "" : "&list_id=" + list);
      long begin = System.nanoTime();
      String id = rest.postCsv(path, file).path("id").asText();
      return new Import(rest, list, id, begin, (System.nanoTime() - begin) / 1e9, new long[1]);
    }

    Import again(Path file) throws Exception {
      return start(rest, list, file);
    }

    JsonNode now() throws Exception {
      return rest.get("imports/" + id);
    }

    void cancel() throws Exception {
      rest.post("imports/" + id + "/cancel", null);
    }

    long awaitRows(long wanted) throws Exception {
      while (true) {
        long at = now().path("counts").path("rows").asLong();
        if (at >= wanted) {
          return at;
        }
        TimeUnit.MILLISECONDS.sleep(POLL);
      }
    }

    JsonNode await() throws Exception {
      while (true) {
        JsonNode now = now();
        if (!now.path("finished_at").isMissingNode() && !now.path("finished_at").isNull()) {
          end[0] = System.nanoTime();
          return now;
        }
        TimeUnit.MILLISECONDS.sleep(POLL);
      }
    }

    double seconds() {
      return (end[0] - begin) / 1e9;
    }

    /** Returns how many contacts the list has, which joined it in their own transaction. */
    long contacts() throws Exception {
      return rest.get("lists/" + list).path("contacts").asLong();
    }
  }
}
