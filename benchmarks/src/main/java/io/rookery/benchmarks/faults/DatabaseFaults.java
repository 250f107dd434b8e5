// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import com.fasterxml.jackson.databind.JsonNode;
import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.SinkProcess;
import io.rookery.benchmarks.load.LoadTenant;
import io.rookery.benchmarks.load.LoadTenant.Shape;
import io.rookery.itests.running.Rest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One node on a database beside it, sending campaigns and answering a client, while the database
 * fails in one way after the other.
 */
public final class DatabaseFaults {

  private static final int RATE = 50;
  private static final Duration RECOVERY = Duration.ofMinutes(2);

  /**
   * A disk is full at once, but what is written meanwhile may find room in files that are there.
   */
  private static final Duration FELT = Duration.ofMinutes(2);

  private static final Duration COMPLETION = Duration.ofMinutes(10);

  /** Longer than a lease, so whoever would send again has done so. */
  private static final Duration QUIET = Duration.ofSeconds(12);

  private final int seconds;
  private final boolean sabotage;
  private final Consumer<String> report;
  private final HttpClient client = HttpClient.newHttpClient();
  private Cluster cluster;
  private Prober prober;
  private LoadTenant tenant;
  private Ledger ledger;
  private int unhealthy;

  /**
   * Prepares a run.
   *
   * @param seconds how long each fault lasts
   * @param sabotage whether to have a message vanish from the database meanwhile
   * @param report where lines for people go
   */
  public DatabaseFaults(int seconds, boolean sabotage, Consumer<String> report) {
    this.seconds = seconds;
    this.sabotage = sabotage;
    this.report = report;
  }

  /**
   * What a run found.
   *
   * @param lost messages that never came and contacts that were confirmed and are not there
   * @param doubled messages that came twice
   * @param wrong answers that were neither a success nor a 503 with Retry-After, or came late
   * @param unhealthy faults that health did not tell of or told of for too long, or that nobody
   *     felt, so that nothing is shown
   */
  public record Result(int lost, int doubled, int wrong, int unhealthy) {}

  /** Runs all faults in turn. */
  public Result run() throws Exception {
    Path ledgerFile = Files.createTempFile("rookery-ledger-", ".tsv");
    try (SinkProcess sink = SinkProcess.start(ledgerFile);
        Cluster nodes = Cluster.shared(Path.of(System.getProperty("rookery.distribution")), 1)) {
      cluster = nodes;
      ledger = new Ledger(ledgerFile);
      sink.rate(RATE);
      tenant = LoadTenant.create(cluster, 1, Shape.FAST, sink.port()).get(0);
      tenant.startNew(RATE * 2);
      try (Prober asking = prober()) {
        prober = asking;
        all();
      }
      sink.rate(0);
      awaitCompletion();
      return account();
    } finally {
      Files.delete(ledgerFile);
    }
  }

  private Prober prober() throws IOException, InterruptedException {
    JsonNode contact =
        tenant.calls().post("contacts", Rest.object("email", "changed@probe.example"));
    String campaign = tenant.campaigns().get(0);
    return new Prober(
        cluster.node(0).rookery().root(),
        tenant.tenant().key(),
        List.of("contacts?limit=5", "campaigns/" + campaign, "campaigns/" + campaign + "/progress"),
        contact.path("id").asText());
  }

  private void all() throws Exception {
    Postmaster postmaster = new Postmaster(cluster.database());
    List<DatabaseFault> faults =
        List.of(
            Stopped.forAWhile(postmaster),
            Stopped.andStartedAgain(postmaster),
            new ConnectionsTaken(cluster.database()),
            new RowsLocked(cluster.database()));
    for (DatabaseFault fault : faults) {
      one(fault);
    }
    try (DiskFull full = new DiskFull(postmaster, cluster.file("postgres/data"))) {
      if (full.prepare()) {
        one(full);
      } else if (Boolean.getBoolean("peers.required")) {
        throw new IOException("No filesystem can be mounted here, so no disk can be full");
      } else {
        report.accept("disk full: NOT RUN, as no filesystem can be mounted here");
      }
    }
    cluster.database().start();
    awaitReady();
  }

  private void one(DatabaseFault fault) throws Exception {
    awaitReady();
    tenant.startNew(RATE * (seconds + 5));
    if (sabotage) {
      update(
          "delete from tenant.message where (tenant_id, id) in"
              + " (select tenant_id, id from tenant.message where state = 'due' limit 1)");
    }
    TimeUnit.SECONDS.sleep(2);
    prober.take();
    int before = ledger.size();
    fault.begin();
    long begin = System.nanoTime();
    boolean told = watch(fault);
    Prober.Answers meanwhile = prober.take();
    int sent = ledger.size() - before;
    long end = System.nanoTime();
    fault.end();
    boolean recovered = awaitReady();
    double recovery = (System.nanoTime() - end) / 1e9;
    boolean felt = !fault.lasting() || meanwhile.refused() > 0;
    unhealthy += !recovered || !felt || fault.unready() && !told ? 1 : 0;
    report.accept(
        "%s for %d s: %s, %d sent, health %s, ready %.1f s after%s"
            .formatted(
                fault.name(),
                TimeUnit.NANOSECONDS.toSeconds(end - begin),
                meanwhile.words() + (felt ? "" : ", NOT FELT"),
                sent,
                told ? "told" : "well",
                recovery,
                recovered ? "" : " NOT"));
  }

  /**
   * Waits out a fault, a lasting one until somebody felt it; returns whether health told of it at
   * its end.
   */
  private boolean watch(DatabaseFault fault) throws InterruptedException {
    long begin = System.nanoTime();
    long end = begin + TimeUnit.SECONDS.toNanos(seconds);
    boolean ready = true;
    while (System.nanoTime() < end
        || fault.lasting() && prober.refused() == 0 && System.nanoTime() - begin < FELT.toNanos()) {
      TimeUnit.MILLISECONDS.sleep(500);
      ready = isReady();
    }
    return !ready;
  }

  private boolean isReady() throws InterruptedException {
    URI health = cluster.node(0).rookery().root().resolve("health/ready");
    HttpRequest request = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(10)).build();
    try {
      return client.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException e) {
      return false;
    }
  }

  private boolean awaitReady() throws InterruptedException {
    long end = System.nanoTime() + RECOVERY.toNanos();
    while (!isReady()) {
      if (System.nanoTime() > end) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
    return true;
  }

  private void update(String sql) throws SQLException {
    try (Connection connection = cluster.database().connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql);
    }
  }

  /** Nobody helps: campaigns complete by themselves, or they do not. */
  private void awaitCompletion() throws IOException, InterruptedException {
    long end = System.nanoTime() + COMPLETION.toNanos();
    int size = ledger.size();
    long quietSince = System.nanoTime();
    while (System.nanoTime() < end) {
      TimeUnit.SECONDS.sleep(1);
      if (ledger.size() != size) {
        size = ledger.size();
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > QUIET.toNanos()
          && (sabotage || tenant.completed())) {
        return;
      }
    }
    report.accept("Not every campaign completed");
  }

  private Result account() throws IOException, SQLException, InterruptedException {
    Account account = Account.of(ledger.lines(), tenant.expected());
    report.accept(
        "%d recipients, %d messages came, %d in doubt, %d failed"
            .formatted(
                tenant.expected().size(),
                ledger.size(),
                tenant.progress("in_doubt"),
                tenant.progress("failed")));
    prober.complaints().forEach(report);
    Set<String> missing = new HashSet<>(prober.created());
    missing.removeAll(kept());
    report.accept(
        "%d contacts confirmed meanwhile, %d of them missing"
            .formatted(prober.created().size(), missing.size()));
    return new Result(
        account.lost().size() + missing.size(),
        account.doubles().size(),
        prober.wrong(),
        unhealthy);
  }

  private Set<String> kept() throws SQLException {
    Set<String> kept = new HashSet<>();
    try (Connection connection = cluster.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select email from tenant.contact where email like '%@probe.example'")) {
      while (rows.next()) {
        kept.add(rows.getString(1));
      }
    }
    return kept;
  }
}
