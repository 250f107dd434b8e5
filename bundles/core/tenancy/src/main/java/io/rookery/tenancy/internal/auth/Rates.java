// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import io.rookery.persistence.Epochs;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * How often the keys of tenants may ask, as their plans say. What was read holds until the tenant
 * or a plan has changed, as the epochs tell, and for a minute at most.
 */
public final class Rates {

  /** The topic of the operator that rises when a plan has changed. */
  public static final String PLANS = "plans";

  private static final Duration LONGEST = Duration.ofMinutes(1);

  private final Function<UUID, Rate> source;
  private final Epochs epochs;
  private final Supplier<UUID> operator;
  private final Clock clock;
  private final BoundedCache<UUID, Entry> entries;

  /** Reads from a source, and remembers at most about so many tenants. */
  public Rates(
      Function<UUID, Rate> source, Epochs epochs, Supplier<UUID> operator, Clock clock, int size) {
    this.source = source;
    this.epochs = epochs;
    this.operator = operator;
    this.clock = clock;
    this.entries = new BoundedCache<>(size);
  }

  /**
   * Returns how often each key of a tenant may ask.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} where nobody can tell
   */
  public Rate of(UUID tenantId) {
    // The epochs first: a change after them makes the entry worthless at once.
    long tenant = epochs.current(tenantId, KeyCache.TENANT);
    long plans = epochs.current(operator.get(), PLANS);
    Instant now = clock.instant();
    Entry entry = entries.get(tenantId);
    if (entry == null || !entry.holds(tenant, plans, now)) {
      entry = new Entry(source.apply(tenantId), tenant, plans, now);
      entries.put(tenantId, entry);
    }
    return entry.rate();
  }

  private record Entry(Rate rate, long tenant, long plans, Instant readAt) {

    boolean holds(long tenantNow, long plansNow, Instant now) {
      return tenant == tenantNow && plans == plansNow && now.isBefore(readAt.plus(LONGEST));
    }
  }
}
