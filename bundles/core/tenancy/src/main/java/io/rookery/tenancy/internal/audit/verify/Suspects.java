// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.verify;

import io.rookery.api.audit.AuditVerification.Kind;
import io.rookery.tenancy.internal.audit.chain.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.LongStream;

/**
 * Entries that do not hold where they stand. One that holds at the place of another, or next to its
 * own, was moved from there; the others were altered. Only so many are looked at one by one.
 */
final class Suspects {

  private static final int MOST = 200;

  private final UUID tenant;
  private final List<Entry> entries = new ArrayList<>();
  private long further;
  private long last;

  Suspects(UUID tenant) {
    this.tenant = tenant;
  }

  void add(Entry entry) {
    if (entries.size() < MOST) {
      entries.add(entry);
    } else {
      further++;
      last = entry.seq();
    }
  }

  void tell(Findings findings) {
    for (Entry entry : entries) {
      boolean moved = places(entry).anyMatch(entry::holdsAt);
      findings.add(
          tenant,
          moved ? Kind.REORDERED : Kind.ALTERED,
          entry.seq(),
          entry.seq(),
          moved ? "Another entry stood here" : "It does not say what it said");
    }
    if (further > 0) {
      long from = entries.get(entries.size() - 1).seq() + 1;
      findings.add(
          tenant, Kind.ALTERED, from, last, further + " more entries do not hold where they stand");
    }
  }

  private LongStream places(Entry entry) {
    long own = entry.seq();
    return LongStream.concat(
            LongStream.of(own - 1, own + 1), entries.stream().mapToLong(Entry::seq))
        .filter(place -> place != own);
  }
}
