// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/**
 * What this node may send to recipient domains in the running minute. A node takes its part of a
 * minute in slices from the database; what was granted counts as spent, so that the sum over all
 * nodes never passes the cap. Minutes are those of the nodes' clocks. Thread-safe.
 */
public final class DomainBudgets {

  private static final long MINUTE = 60_000;
  private static final int SLICES = 10;
  private static final int MANY = 10_000;

  private final Transactions transactions;
  private final Clock clock;
  private final DomainBudgetStore store = new DomainBudgetStore();
  private final Map<Key, Pool> pools = new HashMap<>();

  /** Makes budgets of which nothing is granted yet. */
  public DomainBudgets(Transactions transactions, Clock clock) {
    this.transactions = transactions;
    this.clock = clock;
  }

  private record Key(String server, String domain) {}

  private static final class Pool {
    private long minute;
    private int left;
  }

  /** Returns the running minute, counted since 1970. */
  long minute() {
    return Math.floorDiv(clock.millis(), MINUTE);
  }

  /** Returns when a minute begins, in milliseconds. */
  static long begin(long minute) {
    return minute * MINUTE;
  }

  /**
   * Takes places of a minute for messages to some domains; asks the database where this node has
   * too few. Never in a transaction.
   *
   * @return how many of the wanted places there are, by domain
   */
  Map<String, Integer> reserve(
      String server, Map<String, Integer> wanted, DomainCaps caps, long minute) {
    Map<String, Integer> got = new HashMap<>();
    Map<String, Integer> slices = new HashMap<>();
    synchronized (this) {
      for (Map.Entry<String, Integer> want : wanted.entrySet()) {
        int taken = take(new Key(server, want.getKey()), want.getValue(), minute);
        got.put(want.getKey(), taken);
        int missing = want.getValue() - taken;
        if (missing > 0) {
          slices.put(want.getKey(), slices(missing, caps.cap(want.getKey())));
        }
      }
    }
    if (!slices.isEmpty()) {
      Map<String, Integer> granted =
          transactions.system(
              SystemPurpose.DOMAIN_BUDGETS,
              system -> store.grant(system, server, minute, slices, caps));
      add(server, granted, minute);
      for (String domain : granted.keySet()) {
        int missing = wanted.get(domain) - got.get(domain);
        got.merge(domain, takeOne(new Key(server, domain), missing, minute), Integer::sum);
      }
    }
    return got;
  }

  private static int slices(int missing, int cap) {
    int slice = Math.max(1, cap / SLICES);
    return (missing + slice - 1) / slice * slice;
  }

  private synchronized void add(String server, Map<String, Integer> granted, long minute) {
    if (pools.size() > MANY) {
      pools.values().removeIf(pool -> pool.minute < minute);
    }
    granted.forEach((domain, count) -> pool(new Key(server, domain), minute).left += count);
  }

  private Pool pool(Key key, long minute) {
    Pool pool = pools.computeIfAbsent(key, k -> new Pool());
    if (pool.minute < minute) {
      pool.minute = minute;
      pool.left = 0;
    }
    return pool;
  }

  private synchronized int takeOne(Key key, int count, long minute) {
    return take(key, count, minute);
  }

  private int take(Key key, int count, long minute) {
    Pool pool = pools.get(key);
    if (pool == null || pool.minute != minute) {
      return 0;
    }
    int taken = Math.min(count, pool.left);
    pool.left -= taken;
    return taken;
  }

  /** Takes one place of the running minute from what this node has; returns whether it had one. */
  boolean spend(String server, String domain) {
    return takeOne(new Key(server, domain), 1, minute()) == 1;
  }

  /** Gives places back that were reserved in a minute and not used. */
  synchronized void giveBack(String server, Map<String, Integer> places, long minute) {
    places.forEach(
        (domain, count) -> {
          Pool pool = pools.get(new Key(server, domain));
          if (pool != null && pool.minute == minute) {
            pool.left += count;
          }
        });
  }

  /** Removes what the database keeps of minutes that are over. */
  public void sweep() {
    transactions.system(
        SystemPurpose.DOMAIN_BUDGETS,
        system -> {
          store.sweep(system, minute() - 2);
          return null;
        });
  }
}
