// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import io.rookery.kernel.RookeryException;
import io.rookery.tenancy.internal.store.BucketRows;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells the other nodes once a period what was taken from the buckets here, and hears what they
 * took. Not thread-safe: one thread runs it.
 */
public final class BucketExchange {

  /** How often nodes hear of each other. */
  public static final long PERIOD = TimeUnit.SECONDS.toNanos(1);

  private static final Logger LOG = LoggerFactory.getLogger(BucketExchange.class);

  private final UUID node = UUID.randomUUID();
  private final TokenBuckets buckets;
  private final BucketRows rows;
  private boolean away;

  /** Exchanges through the platform's rows. */
  public BucketExchange(TokenBuckets buckets, BucketRows rows) {
    this.buckets = buckets;
    this.rows = rows;
  }

  /**
   * Tells and hears; where that is not possible now, it is made up for later. Whatever goes wrong,
   * the next time is tried again.
   */
  public void run() {
    Map<UUID, Long> taken = buckets.drain();
    try {
      buckets.hear(rows.exchange(node, taken));
      buckets.sweep();
      away = false;
    } catch (RuntimeException e) {
      buckets.undrain(taken);
      if (!away) {
        LOG.warn("Rates are kept without the other nodes for now: {}", e.getMessage());
      }
      away = true;
    }
  }

  /** Tells a last time and leaves, so that the others share without this node at once. */
  public void close() {
    try {
      rows.leave(node, buckets.drain());
    } catch (RookeryException e) {
      LOG.debug("The other nodes will see in a few seconds that this one is gone", e);
    }
  }
}
