// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import java.util.Comparator;
import java.util.UUID;

/**
 * Outcomes to add to an interval.
 *
 * @param kind {@code tenant}, {@code mailbox} or {@code domain}
 * @param name the mailbox's id or the domain; empty for a tenant
 * @param counts by the ordinal of the kind of outcome
 * @param inFlight messages of the mailbox that are given away now
 */
@SuppressWarnings("ArrayRecordComponent") // compared by nobody
record RateRow(Key key, long[] counts, int inFlight) {

  static final String TENANT = "tenant";
  static final String MAILBOX = "mailbox";
  static final String DOMAIN = "domain";

  /** What is counted. */
  record Key(UUID tenantId, String kind, String name, boolean test) {

    /** An order that is the same on all nodes. */
    static final Comparator<Key> ORDER =
        Comparator.comparing(Key::tenantId)
            .thenComparing(Key::kind)
            .thenComparing(Key::name)
            .thenComparing(Key::test);

    /** Returns how long the intervals are, in seconds. */
    int seconds() {
      return kind.equals(TENANT) ? 10 : 60;
    }
  }

  long all() {
    long all = 0;
    for (long count : counts) {
      all += count;
    }
    return all;
  }
}
