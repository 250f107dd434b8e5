// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import io.rookery.kernel.RookeryException;
import io.rookery.tenancy.internal.store.KeyRows;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Collects when keys were used, to the minute, and writes it in one statement per tenant. */
public final class LastUsed {

  private static final Logger LOG = LoggerFactory.getLogger(LastUsed.class);

  private final KeyRows rows;
  private final Map<Used, Instant> minutes = new ConcurrentHashMap<>();

  /** Writes through the rows of keys. */
  public LastUsed(KeyRows rows) {
    this.rows = rows;
  }

  /** Notes that a key was used. */
  public void touch(UUID tenantId, UUID keyId, Instant now) {
    Used used = new Used(tenantId, keyId);
    Instant noted = minutes.get(used);
    if (noted == null || ChronoUnit.MINUTES.between(noted, now) > 0) {
      minutes.put(used, now.truncatedTo(ChronoUnit.MINUTES));
    }
  }

  /** Writes what was collected; what cannot be written now is kept for the next time. */
  public void flush() {
    Map<UUID, Map<UUID, Instant>> byTenant = new HashMap<>();
    for (Used used : minutes.keySet()) {
      Instant minute = minutes.remove(used);
      if (minute != null) {
        byTenant
            .computeIfAbsent(used.tenantId(), none -> new HashMap<>())
            .put(used.keyId(), minute);
      }
    }
    byTenant.forEach(this::write);
  }

  private void write(UUID tenantId, Map<UUID, Instant> keys) {
    try {
      rows.used(tenantId, keys);
    } catch (RookeryException e) {
      LOG.warn("The use of {} keys cannot be noted now: {}", keys.size(), e.getMessage());
      keys.forEach((key, minute) -> minutes.putIfAbsent(new Used(tenantId, key), minute));
    }
  }

  private record Used(UUID tenantId, UUID keyId) {}
}
