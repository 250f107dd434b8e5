// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.load;

import io.rookery.benchmarks.ledger.Ledger;
import io.rookery.benchmarks.ledger.LedgerLine;
import java.io.IOException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** Starts each tenant's next campaign before its last one is through, until it is closed. */
public final class Feeder implements AutoCloseable {

  private final List<LoadTenant> tenants;
  private final Ledger ledger;
  private final int size;
  private final int low;
  private final Set<String> reached = new HashSet<>();
  private final Map<String, Integer> counts = new HashMap<>();
  private final Thread thread = new Thread(this::run, "feeder");
  private volatile Exception failure;
  private volatile boolean closed;
  private int read;

  private Feeder(List<LoadTenant> tenants, Ledger ledger, int size, int low) {
    this.tenants = tenants;
    this.ledger = ledger;
    this.size = size;
    this.low = low;
  }

  /**
   * Begins to feed.
   *
   * @param size how many recipients a campaign has
   * @param low how few may be left of a tenant's before its next campaign starts
   */
  public static Feeder start(List<LoadTenant> tenants, Ledger ledger, int size, int low) {
    Feeder feeder = new Feeder(tenants, ledger, size, low);
    feeder.thread.setDaemon(true);
    feeder.thread.start();
    return feeder;
  }

  private void run() {
    try {
      while (!closed) {
        readOn();
        for (LoadTenant tenant : tenants) {
          if (!closed && left(tenant) < low && !tenant.startNext()) {
            tenant.prepare(1, size);
          }
        }
        TimeUnit.MILLISECONDS.sleep(300);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException | RuntimeException e) {
      failure = e;
    }
  }

  private void readOn() throws IOException {
    List<LedgerLine> lines = ledger.from(read);
    for (LedgerLine line : lines) {
      String recipient = line.recipient();
      if (reached.add(recipient)) {
        counts.merge(recipient.substring(0, recipient.indexOf('-')), 1, Integer::sum);
      }
    }
    read += lines.size();
  }

  private int left(LoadTenant tenant) {
    return tenant.expected().size() - counts.getOrDefault(tenant.tenant().slug(), 0);
  }

  /** Throws what ended the feeding, if anything did. */
  public void check() throws IOException {
    if (failure != null) {
      throw new IOException("No more campaigns could be started", failure);
    }
  }

  /** Starts no more; returns once what was being started is. */
  @Override
  public void close() throws InterruptedException, IOException {
    closed = true;
    thread.join();
    check();
  }
}
