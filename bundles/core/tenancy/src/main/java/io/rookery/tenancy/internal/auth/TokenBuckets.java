// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import io.rookery.api.tenancy.Authenticator.Allowance;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A token bucket per key, each kept as the one moment at which it will be full again (the generic
 * cell rate algorithm, ITU-T I.371). Each node counts for itself.
 */
public final class TokenBuckets {

  private final long interval;
  private final long tolerance;
  private final int quota;
  private final LongSupplier nanos;
  private final Map<UUID, AtomicLong> fullAt = new ConcurrentHashMap<>();

  /** Fills each bucket of {@code burst} tokens with so many a minute, by a monotonic clock. */
  public TokenBuckets(int perMinute, int burst, LongSupplier nanos) {
    if (perMinute < 1 || burst < 1) {
      throw new IllegalArgumentException("A rate and a burst are at least 1");
    }
    this.quota = perMinute;
    this.interval = TimeUnit.MINUTES.toNanos(1) / perMinute;
    this.tolerance = interval * burst;
    this.nanos = nanos;
  }

  /** Takes a token of a key where there is one. */
  public Allowance take(UUID key) {
    long now = nanos.getAsLong();
    AtomicLong full = fullAt.computeIfAbsent(key, none -> new AtomicLong(now));
    while (true) {
      long seen = full.get();
      long missing = Math.max(seen - now, 0);
      if (missing + interval > tolerance) {
        return new Allowance(
            false, quota, 0, seconds(missing), seconds(missing + interval - tolerance));
      }
      if (full.compareAndSet(seen, now + missing + interval)) {
        long left = (tolerance - missing - interval) / interval;
        return new Allowance(true, quota, (int) left, seconds(missing + interval), 0);
      }
    }
  }

  private static int seconds(long nanos) {
    return (int) ((nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
  }

  /** Forgets buckets that are full; returns how many are left. */
  public int sweep() {
    long now = nanos.getAsLong();
    fullAt.values().removeIf(full -> full.get() - now <= 0);
    return fullAt.size();
  }
}
