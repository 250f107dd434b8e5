// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import io.rookery.api.tenancy.Authenticator.Allowance;
import io.rookery.tenancy.internal.store.BucketRows.Levels;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * A token bucket per key, shared with the other nodes: what is taken here is told them once a
 * period, and what they took is heard. In between each node takes at most an equal part of what was
 * left, so that together they never take more than there is; what one does not take is there for
 * all the next time, so a node that alone is asked soon has the whole rate. Thread-safe.
 */
public final class TokenBuckets {

  private final LongSupplier nanos;
  private final Map<UUID, Bucket> buckets = new ConcurrentHashMap<>();
  private volatile Sharing sharing;
  private volatile long heardAt;

  /**
   * Begins as the only node.
   *
   * @param period nanoseconds between two times that the nodes hear of each other
   * @param nanos a monotonic clock
   */
  public TokenBuckets(long period, LongSupplier nanos) {
    this.nanos = nanos;
    this.sharing = new Sharing(1, period);
    this.heardAt = nanos.getAsLong();
  }

  /** Takes a token of a key where there is one. */
  public Allowance take(UUID key, Rate rate) {
    while (true) {
      long now = nanos.getAsLong();
      Bucket bucket = buckets.computeIfAbsent(key, none -> new Bucket(heardAt, heardAt));
      Allowance allowance = bucket.take(rate, now, sharing);
      if (allowance != null) {
        return allowance;
      }
      buckets.remove(key, bucket);
    }
  }

  /** Returns what was taken of each key since the last time, in nanoseconds. */
  Map<UUID, Long> drain() {
    Map<UUID, Long> taken = new HashMap<>();
    buckets.forEach(
        (key, bucket) -> {
          long drained = bucket.drain();
          if (drained > 0) {
            taken.put(key, drained);
          }
        });
    return taken;
  }

  /** Takes over what the nodes know together, what was drained before included. */
  void hear(Levels levels) {
    long now = nanos.getAsLong();
    boolean alone = levels.nodes() == 1 && sharing.nodes() == 1;
    sharing = new Sharing(levels.nodes(), sharing.period());
    heardAt = now;
    levels
        .missing()
        .forEach(
            (key, missing) -> buckets.computeIfAbsent(key, none -> new Bucket(now + missing, now)));
    // Of a node that is alone nobody knows more than itself.
    buckets.forEach(
        (key, bucket) -> {
          if (alone) {
            bucket.goOn(now);
          } else {
            bucket.hear(levels.missing().getOrDefault(key, 0L), now);
          }
        });
  }

  /** Puts back what was drained and could not be told. */
  void undrain(Map<UUID, Long> drained) {
    drained.forEach((key, taken) -> buckets.get(key).undrain(taken));
  }

  /** Forgets buckets that are full; returns how many are left. */
  public int sweep() {
    long now = nanos.getAsLong();
    buckets.values().removeIf(bucket -> bucket.forget(now));
    return buckets.size();
  }
}
