// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.util.HashMap;
import java.util.Map;

/**
 * The places in domains' budgets that one lane has reserved for the messages in its hands. A place
 * is spent at the moment at which its message is given away, and only within its minute.
 * Thread-safe.
 */
public final class Allowance {

  private final DomainBudgets budgets;
  private final String server;
  private final DomainCaps caps;
  private final Map<String, Integer> reserved = new HashMap<>();
  private long minute;

  /** Makes an allowance without any places. */
  public Allowance(DomainBudgets budgets, String server, DomainCaps caps) {
    this.budgets = budgets;
    this.server = server;
    this.caps = caps;
  }

  /** Returns whether no domain is capped. */
  public boolean free() {
    return caps.none();
  }

  /** Returns the cap of a domain in messages a minute, or 0 where it has none. */
  public int cap(String domain) {
    return caps.cap(domain);
  }

  /** Returns when the next minute begins, in milliseconds since 1970. */
  public long nextMinute() {
    return DomainBudgets.begin(budgets.minute() + 1);
  }

  /**
   * Reserves places of the running minute; never in a transaction.
   *
   * @param wanted how many, by domain, all of them capped
   * @return how many there are, by domain
   */
  public Map<String, Integer> reserve(Map<String, Integer> wanted) {
    long now = budgets.minute();
    Map<String, Integer> got = budgets.reserve(server, wanted, caps, now);
    synchronized (this) {
      if (minute != now) {
        reserved.clear();
        minute = now;
      }
      got.forEach((domain, count) -> reserved.merge(domain, count, Integer::sum));
    }
    return got;
  }

  /** Spends a place for a message that is about to be given away; returns whether there was one. */
  public boolean spend(String domain) {
    if (caps.cap(domain) == 0) {
      return true;
    }
    synchronized (this) {
      int left = minute == budgets.minute() ? reserved.getOrDefault(domain, 0) : 0;
      if (left > 0) {
        reserved.put(domain, left - 1);
        return true;
      }
    }
    return budgets.spend(server, domain);
  }

  /** Gives all that is reserved back to the node. */
  public void giveBack() {
    Map<String, Integer> left;
    long of;
    synchronized (this) {
      left = Map.copyOf(reserved);
      of = minute;
      reserved.clear();
    }
    budgets.giveBack(server, left, of);
  }
}
