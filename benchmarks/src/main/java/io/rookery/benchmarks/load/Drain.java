// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.load;

import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.Ledger;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Waits until all that was begun is sent and recorded. */
public final class Drain {

  /** What is said on the way. */
  public interface Words {
    /** Takes a line. */
    void line(String format, Object... values);
  }

  private static final Duration PATIENCE = Duration.ofMinutes(10);

  /** Longer than a lease, so whoever would send again has done so. */
  public static final Duration USUAL_QUIET = Duration.ofSeconds(12);

  private final Cluster cluster;
  private final Ledger ledger;
  private final List<LoadTenant> tenants;

  private Drain(Cluster cluster, Ledger ledger, List<LoadTenant> tenants) {
    this.cluster = cluster;
    this.ledger = ledger;
    this.tenants = tenants;
  }

  /** Prepares the waiting. */
  public static Drain of(Cluster cluster, Ledger ledger, List<LoadTenant> tenants) {
    return new Drain(cluster, ledger, tenants);
  }

  /**
   * Waits until every campaign is completed and the ledger has been quiet for some time, or ten
   * minutes have passed; then says what is left. A campaign can be completed while a final reply is
   * still to come, so the quiet must be longer than the sink's slowest reply.
   */
  public void await(Duration quiet, Words words)
      throws IOException, InterruptedException, SQLException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    int size = ledger.size();
    long quietSince = System.nanoTime();
    while (System.nanoTime() < end) {
      hasten();
      TimeUnit.SECONDS.sleep(2);
      if (ledger.size() != size) {
        size = ledger.size();
        quietSince = System.nanoTime();
      } else if (System.nanoTime() - quietSince > quiet.toNanos() && completed()) {
        break;
      }
    }
    words.line(
        "%d recipients, %d lines in the ledger, %d without mail, in doubt %d, failed %d",
        recipients().size(),
        size,
        Account.of(ledger.lines(), recipients()).lost().size(),
        progress("in_doubt"),
        progress("failed"));
    reasons(words);
  }

  /** Says why messages are not sent, as the platform has noted it. */
  private void reasons(Words words) throws SQLException {
    String sql =
        "select state, detail, count(*) from tenant.message where state <> 'accepted'"
            + " group by state, detail order by count(*) desc limit 10";
    try (Connection connection = cluster.database().connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        words.line("  %d %s: %s", rows.getLong(3), rows.getString(1), rows.getString(2));
      }
    }
  }

  private boolean completed() throws IOException, InterruptedException {
    for (LoadTenant tenant : tenants) {
      if (!tenant.completed()) {
        return false;
      }
    }
    return true;
  }

  private Set<String> recipients() {
    Set<String> all = new HashSet<>();
    tenants.forEach(tenant -> all.addAll(tenant.expected()));
    return all;
  }

  private long progress(String count) throws IOException, InterruptedException {
    long sum = 0;
    for (LoadTenant tenant : tenants) {
      sum += tenant.progress(count);
    }
    return sum;
  }

  /**
   * Makes what waits for its next try due now. A message that was refused for now waits for five
   * minutes and more; when, is no part of what is to be shown here.
   */
  private void hasten() throws SQLException {
    try (Connection connection = cluster.database().connect();
        Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "update tenant.message set due_at = now() where state = 'due' and due_at > now()");
      statement.executeUpdate("update tenant.lane set due_at = now() where due_at > now()");
    }
  }
}
