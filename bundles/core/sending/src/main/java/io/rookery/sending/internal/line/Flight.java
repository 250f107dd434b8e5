// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** A message between its grant and the record of its outcome. */
final class Flight {

  private enum Stage {
    /** Granted; the answer is awaited. */
    OPEN,
    /** Recorded as in doubt, its slot freed; an answer may still come. */
    PARKED,
    /** The answer came. */
    ANSWERED
  }

  private final LaneKey lane;
  private final ClaimedMessage message;
  private final long grantedAt;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);

  Flight(LaneKey lane, ClaimedMessage message, long grantedAt) {
    this.lane = lane;
    this.message = message;
    this.grantedAt = grantedAt;
  }

  LaneKey lane() {
    return lane;
  }

  ClaimedMessage message() {
    return message;
  }

  UUID id() {
    return message.id();
  }

  /**
   * Returns whether the answer has been out for longer than a time and this call parked the flight.
   */
  boolean park(long now, long patience) {
    return now - grantedAt > patience && stage.compareAndSet(Stage.OPEN, Stage.PARKED);
  }

  /**
   * Notes the answer; returns whether the flight still held its slot, which the record then frees.
   */
  boolean answer() {
    return stage.getAndSet(Stage.ANSWERED) == Stage.OPEN;
  }

  /** Returns whether the answer is still out. */
  boolean awaited() {
    return stage.get() != Stage.ANSWERED;
  }
}
