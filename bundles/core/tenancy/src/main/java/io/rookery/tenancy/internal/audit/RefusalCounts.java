// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import io.rookery.kernel.TenantContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * How often each subject was refused in a minute. Thread-safe; remembers so many subjects and no
 * more, and lets none of the others be told until a minute is over.
 */
final class RefusalCounts {

  private static final int SUBJECTS = 10_000;

  private final int perMinute;
  private final Map<UUID, Count> counts = new HashMap<>();
  private final List<Further> ended = new ArrayList<>();

  RefusalCounts(int perMinute) {
    this.perMinute = perMinute;
  }

  /** Refusals of one minute that were not told one by one; the context is the first one's. */
  record Further(TenantContext context, UUID subjectId, long count) {}

  private static final class Count {
    private final TenantContext context;
    private final long minute;
    private long all;

    Count(TenantContext context, long minute) {
      this.context = context;
      this.minute = minute;
    }
  }

  /** Counts a refusal; returns whether it is to be told by itself. */
  synchronized boolean admit(TenantContext context, UUID subject, long minute) {
    Count count = counts.get(subject);
    if (count == null || count.minute != minute) {
      if (count == null && counts.size() >= SUBJECTS) {
        return false;
      }
      end(subject, count);
      count = new Count(context, minute);
      counts.put(subject, count);
    }
    return ++count.all <= perMinute;
  }

  private void end(UUID subject, Count count) {
    if (count != null && count.all > perMinute) {
      ended.add(new Further(count.context, subject, count.all - perMinute));
    }
  }

  /** Takes what was counted before a minute. */
  synchronized List<Further> before(long minute) {
    for (Iterator<Map.Entry<UUID, Count>> all = counts.entrySet().iterator(); all.hasNext(); ) {
      Map.Entry<UUID, Count> each = all.next();
      if (each.getValue().minute < minute) {
        end(each.getKey(), each.getValue());
        all.remove();
      }
    }
    List<Further> further = List.copyOf(ended);
    ended.clear();
    return further;
  }
}
