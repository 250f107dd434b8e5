// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;

/**
 * What accounts were answered lately on this node, from turn to turn: at its begin a turn would
 * else know of nothing that was taken, and its first refusal would look like one that met a
 * trickle. Thread-safe.
 */
public final class Meters {

  private static final int MOST = 10_000;

  private final Map<UUID, Meter> meters = new Recent();

  /** The accounts that sent last. */
  private static final class Recent extends LinkedHashMap<UUID, Meter> {

    private static final long serialVersionUID = 1L;

    Recent() {
      super(16, 0.75f, true);
    }

    @Override
    protected boolean removeEldestEntry(Map.Entry<UUID, Meter> eldest) {
      return size() > MOST;
    }
  }

  /** Returns the meter of a mailbox or of one of its fallbacks. */
  public synchronized Meter of(UUID account, long now) {
    return meters.computeIfAbsent(account, id -> new Meter(now));
  }
}
