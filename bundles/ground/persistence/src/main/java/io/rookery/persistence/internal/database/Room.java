// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Whether the database has room for what is written. A server with a full disk still answers, reads
 * and even changes what fits where it was, so its heartbeat tells nothing. Thread-safe.
 */
public final class Room {

  /** How long a refusal is believed; whoever still writes is refused again by then. */
  private static final Duration BELIEVED = Duration.ofSeconds(10);

  private final LongSupplier nanos;
  private volatile Long refusedAt;

  /** Believes that there is room. */
  public Room(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Notes that the database refused to write for want of room. */
  public void refused() {
    refusedAt = nanos.getAsLong();
  }

  /** Returns whether there is room, as far as is known. */
  public boolean left() {
    Long at = refusedAt;
    return at == null || nanos.getAsLong() - at > BELIEVED.toNanos();
  }
}
