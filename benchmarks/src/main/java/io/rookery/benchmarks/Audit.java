// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.api.audit.AuditVerification;
import io.rookery.api.audit.AuditVerification.Finding;
import io.rookery.api.audit.AuditVerification.Kind;
import io.rookery.benchmarks.audit.Chain;
import io.rookery.benchmarks.audit.Owner;
import io.rookery.persistence.test.TestDatabase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.stream.Stream;

/**
 * Builds an audit chain by the product's own reader, verifies it, and then does to it one after the
 * other what the owner of the database can do: each must be found and named for what it is.
 */
final class Audit {

  private static final int COUNT = 100_000;

  /** Seconds that a hundred thousand entries may take. */
  private static final double GATE = 30;

  private final Options options;
  private final Report report;

  Audit(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  /** What is done, and what must be found of it. */
  private record Tampering(String name, Deed deed, Kind kind, long from, long to) {}

  @FunctionalInterface
  private interface Deed {
    void run() throws SQLException;
  }

  boolean run() throws Exception {
    TestDatabase database = TestDatabase.withAreas("events", "tenancy");
    database.beforeAll(null);
    Path folder = Files.createTempDirectory("rookery-audit-");
    try (Connection connection = database.owner()) {
      Chain chain = new Chain(database, folder.resolve("heads"));
      return run(chain, new Owner(connection, chain.tenant().tenantId()), folder);
    } finally {
      database.afterAll(null);
      try (Stream<Path> files = Files.walk(folder)) {
        files.sorted((a, b) -> b.compareTo(a)).forEach(path -> path.toFile().delete());
      }
    }
  }

  private boolean run(Chain chain, Owner owner, Path folder) throws Exception {
    int count = Math.max(1000, options.countOr(COUNT));
    long begun = System.nanoTime();
    chain.build(count);
    report.line("%d entries chained in %.1f s", count, seconds(begun));
    begun = System.nanoTime();
    AuditVerification.Report verified = chain.verify();
    double took = seconds(begun);
    report.line("%d heads compared", verified.heads());
    boolean whole = verified.sound() && verified.entries() == count;
    owner.keep();
    List<Tampering> all = tamperings(owner, count);
    int found = 0;
    for (Tampering tampering : all) {
      tampering.deed().run();
      // With sabotage the witnesses are left out: no copied head is looked at.
      AuditVerification.Report told =
          options.sabotage() ? chain.verify(folder.resolve("none")) : chain.verify();
      found += found(tampering, told.findings()) ? 1 : 0;
      owner.restore();
    }
    boolean again = chain.verify().sound();
    report.line(
        "audit %d entries verified in %.1f s, %d of %d tamperings found",
        verified.entries(), took, found, all.size());
    return whole && again && found == all.size() && took <= Math.max(5, GATE * count / COUNT);
  }

  private static List<Tampering> tamperings(Owner owner, int count) {
    long middle = count / 2;
    return List.of(
        new Tampering("altered", () -> owner.alter(middle), Kind.ALTERED, middle, middle),
        new Tampering("removed", () -> owner.remove(middle), Kind.REMOVED, middle, middle),
        new Tampering(
            "reordered", () -> owner.swap(middle, middle + 1), Kind.REORDERED, middle, middle + 1),
        new Tampering("cut", () -> owner.cut(count - 100), Kind.CUT, count - 99L, count),
        new Tampering("rewritten", () -> owner.rewrite(count), Kind.REWRITTEN, count / 20, count),
        new Tampering(
            "rewritten, head forged",
            () -> {
              owner.rewrite(count);
              owner.forgeHead(count);
            },
            Kind.FORGED,
            count,
            count));
  }

  /** Says what was found; it must be named by its kind and place. */
  private boolean found(Tampering tampering, List<Finding> findings) {
    boolean named =
        findings.stream()
            .anyMatch(
                f ->
                    f.kind() == tampering.kind()
                        && f.from() == tampering.from()
                        && f.to() == tampering.to());
    String told =
        findings.stream()
            .map(f -> f.kind() + " " + f.from() + "-" + f.to())
            .reduce((a, b) -> a + ", " + b)
            .orElse("nothing");
    report.line("%-24s %s: %s", tampering.name(), named ? "found" : "MISSED", told);
    return named;
  }

  private static double seconds(long since) {
    return (System.nanoTime() - since) / 1e9;
  }
}
