// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.load;

import io.rookery.benchmarks.cluster.Cluster;
import io.rookery.benchmarks.ledger.Account;
import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.LedgerLine;
import java.io.IOException;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One campaign in each of some tenants, from its start to the account of it. */
public final class Round {

  private final Cluster cluster;
  private final Ledger ledger;
  private final List<LoadTenant> tenants;
  private final Set<String> recipients = new HashSet<>();
  private final int first;

  private Round(Cluster cluster, Ledger ledger, List<LoadTenant> tenants) throws IOException {
    this.cluster = cluster;
    this.ledger = ledger;
    this.tenants = tenants;
    this.first = ledger.size();
  }

  /** Starts a campaign to so many recipients in each tenant; returns once it sends. */
  public static Round start(Cluster cluster, Ledger ledger, List<LoadTenant> tenants, int each)
      throws IOException, InterruptedException {
    for (LoadTenant tenant : tenants) {
      tenant.prepare(1, each);
    }
    Round round = new Round(cluster, ledger, tenants);
    for (LoadTenant tenant : tenants) {
      Set<String> before = Set.copyOf(tenant.expected());
      tenant.startNext();
      tenant.expected().stream().filter(r -> !before.contains(r)).forEach(round.recipients::add);
    }
    round.awaitLines(1);
    return round;
  }

  /** Waits until so many of its messages were taken. */
  public void awaitLines(int count) throws IOException, InterruptedException {
    long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(5);
    while (ledger.size() < first + count) {
      if (System.nanoTime() > end) {
        throw new IOException("Of " + count + " messages came " + (ledger.size() - first));
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  /** Returns how many messages it has. */
  public int size() {
    return recipients.size();
  }

  /** Waits until all is sent and takes account. */
  public Account end(Drain.Words words) throws IOException, InterruptedException, SQLException {
    Drain.of(cluster, ledger, tenants).await(Drain.USUAL_QUIET, words);
    return Account.of(ledger.from(first), recipients);
  }

  /**
   * Returns the messages a second over the middle of what was taken so far, by the sink's clock.
   */
  public double rate() throws IOException {
    List<LedgerLine> lines = ledger.from(first);
    int begin = lines.size() / 10;
    int end = lines.size() * 9 / 10;
    double millis = lines.get(end).at() - lines.get(begin).at();
    return (end - begin) / (millis / 1000.0);
  }
}
