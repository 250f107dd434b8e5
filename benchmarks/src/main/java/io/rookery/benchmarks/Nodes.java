// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks;

import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.cluster.NextVersion;
import io.rookery.benchmarks.cluster.Node;
import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.LedgerLine;
import io.rookery.benchmarks.ledger.SinkProcess;
import io.rookery.benchmarks.ledger.Stage;
import io.rookery.benchmarks.load.LoadTenant;
import io.rookery.benchmarks.load.LoadTenant.Shape;
import io.rookery.benchmarks.load.Round;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * Two nodes on one database: how much more they send than one over 32 mailboxes, whether a
 * mailbox's limits hold over both, and what is lost or doubled when one is stopped, cut off or
 * upgraded.
 */
final class Nodes {

  private static final int WINDOW = 64;
  private static final int TENANTS = 8;
  private static final int LIMIT = 25;
  private static final int GAP_MILLIS = 100;
  private static final double GATE = 1.5;

  /** Slow enough that a node's window, not this machine's processors, is what limits it. */
  private static final int DATA_MILLIS = 200;

  private final Options options;
  private final Report report;
  private Cluster cluster;
  private SinkProcess sink;
  private Ledger ledger;
  private List<LoadTenant> tenants;
  private int lost;
  private int doubled;
  private int bound;
  private boolean holds = true;

  Nodes(Options options, Report report) {
    this.options = options;
    this.report = report;
  }

  boolean run() throws Exception {
    Path distribution = Path.of(System.getProperty("rookery.distribution"));
    Path ledgerFile = Files.createTempFile("rookery-ledger-", ".tsv");
    try (SinkProcess started = SinkProcess.start(ledgerFile);
        Cluster one = Cluster.shared(distribution, 1)) {
      cluster = one;
      sink = started;
      ledger = new Ledger(ledgerFile);
      sink.delay(Stage.DATA, DATA_MILLIS);
      if (options.sabotage()) {
        sink.fault(Stage.DOT, "300:twice");
      }
      tenants = LoadTenant.create(cluster, TENANTS, new Shape(4, 10, 1_000_000, 0), sink.port());
      double ratio = ratio(distribution);
      boolean exact = limits();
      stopped();
      cutOff("cut off", Node::cutOff);
      cutOff("cut off without a word", Node::silence);
      upgrade(distribution);
      report.line(
          "ratio %.2f gate %.2f limits %s lost %d doubled %d bound %d",
          ratio, GATE, exact ? "exact" : "broken", lost, doubled, bound);
      return holds && exact && ratio >= GATE;
    } finally {
      Files.delete(ledgerFile);
    }
  }

  private int each() {
    return options.countOr(8_000) / TENANTS;
  }

  private double ratio(Path distribution) throws Exception {
    Round alone = Round.start(cluster, ledger, tenants, each());
    settle("one node", alone, 0);
    double single = alone.rate();
    cluster.add(distribution).start();
    Round both = Round.start(cluster, ledger, tenants, each());
    both.awaitLines(both.size() / 2);
    String shares = shares();
    settle("two nodes", both, 0);
    double pair = both.rate();
    report.line(
        "%d mailboxes, one node %.0f/s, two nodes %.0f/s (%s)", TENANTS * 4, single, pair, shares);
    return pair / single;
  }

  private String shares() throws IOException, InterruptedException {
    StringBuilder shares = new StringBuilder("lanes");
    for (Node node : cluster.nodes()) {
      shares.append(' ').append((int) node.metric("rookery_sending_lanes"));
    }
    return shares.toString();
  }

  /** Mailboxes with less room than there are recipients, and a gap between two messages. */
  private boolean limits() throws Exception {
    List<LoadTenant> limited =
        LoadTenant.create(cluster, "limited", 8, new Shape(4, 4, LIMIT, GAP_MILLIS), sink.port());
    int first = ledger.size();
    Round round = Round.start(cluster, ledger, limited, 4 * LIMIT + 60);
    round.awaitLines(8 * 4 * LIMIT);
    // What came too much would come now: a lane looks again after its turn.
    TimeUnit.SECONDS.sleep(20);
    Map<String, Integer> counts = new TreeMap<>();
    Map<String, Long> last = new TreeMap<>();
    long shortest = Long.MAX_VALUE;
    for (LedgerLine line : ledger.from(first)) {
      counts.merge(line.sender(), 1, Integer::sum);
      Long before = last.put(line.sender(), line.at());
      shortest = before == null ? shortest : Math.min(shortest, line.at() - before);
    }
    boolean exact =
        counts.size() == 32 && counts.values().stream().allMatch(count -> count == LIMIT);
    report.line(
        "limit %d a day: %d mailboxes sent %d to %d; shortest time between two arrivals of one: %d ms",
        LIMIT,
        counts.size(),
        counts.values().stream().mapToInt(Integer::intValue).min().orElse(0),
        counts.values().stream().mapToInt(Integer::intValue).max().orElse(0),
        shortest);
    return exact;
  }

  private void stopped() throws Exception {
    Round round = Round.start(cluster, ledger, tenants, each());
    round.awaitLines(round.size() / 4);
    Node node = busiest();
    node.stop();
    round.awaitLines(round.size() / 2);
    node.start();
    settle("one node stopped politely and started again", round, 0);
  }

  /** The way of cutting differs in whether the node is told. */
  private interface Cut {
    void apply(Node node);
  }

  private void cutOff(String name, Cut cut) throws Exception {
    Round round = Round.start(cluster, ledger, tenants, each());
    round.awaitLines(round.size() / 4);
    Node node = busiest();
    cut.apply(node);
    // Longer than a lease, so the other node takes the lanes over.
    TimeUnit.SECONDS.sleep(25);
    node.restore();
    settle("one node " + name + " for 25 s", round, WINDOW);
  }

  private Node busiest() throws IOException, InterruptedException {
    Node busiest = cluster.node(0);
    for (Node node : cluster.nodes()) {
      busiest = node.givenAway() > busiest.givenAway() ? node : busiest;
    }
    return busiest;
  }

  /** Version N runs beside N+1, then starts again on N+1's schema; both go on sending. */
  private void upgrade(Path distribution) throws Exception {
    cluster.node(1).stop();
    Node next = cluster.add(distribution);
    NextVersion.of(next);
    Round round = Round.start(cluster, ledger, tenants, each());
    next.start();
    round.awaitLines(round.size() / 2);
    holds &= migrated();
    cluster.node(0).stop();
    cluster.node(0).start();
    settle("version N+1 beside N, N restarted on its schema", round, 0);
    Round after = Round.start(cluster, ledger, tenants, each());
    settle("both versions on N+1's schema", after, 0);
    long old = cluster.node(0).outcomes();
    long fresh = next.outcomes();
    report.line("since their last starts N has sent %d, N+1 %d", old, fresh);
    holds &= old > 0 && fresh > 0;
  }

  private boolean migrated() throws SQLException {
    try (Connection connection = cluster.database().connect();
        Statement statement = connection.createStatement();
        ResultSet column =
            statement.executeQuery(
                "select 1 from information_schema.columns where table_schema = 'tenant'"
                    + " and table_name = 'message' and column_name = '"
                    + NextVersion.column()
                    + "'")) {
      boolean there = column.next();
      report.line("N+1 has migrated the schema: %s", there ? "yes" : "NO");
      return there;
    }
  }

  private void settle(String name, Round round, int allowed) throws Exception {
    Account account = round.end(report::line);
    int copies = account.doubles().size();
    lost += account.lost().size();
    doubled += copies;
    bound += allowed;
    holds &= account.lost().isEmpty() && copies <= allowed;
    report.line(
        "%s: %d messages, lost %d, doubled %d of %d",
        name, round.size(), account.lost().size(), copies, allowed);
  }
}
