// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import io.rookery.api.tenancy.Authenticator.Caller;
import io.rookery.kernel.RookeryException;
import io.rookery.tenancy.internal.store.UsageRows;
import io.rookery.tenancy.internal.store.UsageRows.Counted;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts calls per key, day and operation in memory until they are written, all in one statement. A
 * node that dies loses what it counted since its last writing. While the database is away the
 * counters stay, as many as are allowed for; calls that would need more are not counted and told of
 * in the log.
 */
public final class CallCounts {

  private static final Logger LOG = LoggerFactory.getLogger(CallCounts.class);

  private final UsageRows rows;
  private final int most;
  private final Map<Counted, Long> calls = new ConcurrentHashMap<>();
  private final AtomicLong left = new AtomicLong();

  /** Holds at most about so many counters. */
  public CallCounts(UsageRows rows, int most) {
    this.rows = rows;
    this.most = most;
  }

  /** Counts a call. */
  public void count(Caller caller, String operation, LocalDate day) {
    if (caller.keyId() == null) {
      return;
    }
    Counted counted = new Counted(caller.tenantId(), caller.keyId(), day, operation);
    if (calls.size() >= most && !calls.containsKey(counted)) {
      left.incrementAndGet();
      return;
    }
    calls.merge(counted, 1L, Long::sum);
  }

  /** Writes what was counted; what cannot be written now is kept for the next time. */
  public void flush() {
    // In order, so that nodes that write the same rows take turns and never wait for each other.
    Map<Counted, Long> taken = new TreeMap<>();
    for (Counted counted : calls.keySet()) {
      Long number = calls.remove(counted);
      if (number != null) {
        taken.put(counted, number);
      }
    }
    if (!taken.isEmpty()) {
      write(taken);
    }
    long lost = left.getAndSet(0);
    if (lost > 0) {
      LOG.warn("{} calls were not counted, as {} counters were in use", lost, most);
    }
  }

  private void write(Map<Counted, Long> taken) {
    try {
      rows.add(taken);
    } catch (RookeryException e) {
      LOG.warn("{} counters of calls cannot be written now: {}", taken.size(), e.getMessage());
      taken.forEach((counted, number) -> calls.merge(counted, number, Long::sum));
    }
  }
}
