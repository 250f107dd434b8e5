// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Begins the pace of each turn of this node's lanes. What was taken lately is remembered from one
 * turn of a lane to its next, as a turn that knew nothing of it would answer its first refusal with
 * the slowest rate. Thread-safe.
 */
public final class Paces {

  private final DeferralRules rules;
  private final Clock clock;
  private final AtomicLong cuts = new AtomicLong();
  private final Map<UUID, Meter> meters = new ConcurrentHashMap<>();

  /** Takes the rules by which replies are read. */
  public Paces(DeferralRules rules, Clock clock) {
    this.rules = rules;
    this.clock = clock;
  }

  /** Returns the rules by which replies are read. */
  public DeferralRules rules() {
    return rules;
  }

  /** Returns how often a rate was cut since the start. */
  public long cuts() {
    return cuts.get();
  }

  /** Begins a turn of a lane with what was kept of its pace. */
  public LanePace begin(UUID lane, List<PaceRow> kept) {
    long now = clock.millis();
    meters.values().removeIf(meter -> meter.silent(now));
    Meter meter = meters.computeIfAbsent(lane, id -> new Meter(now));
    return new LanePace(this, meter, kept);
  }

  Clock clock() {
    return clock;
  }

  void cut() {
    cuts.incrementAndGet();
  }
}
