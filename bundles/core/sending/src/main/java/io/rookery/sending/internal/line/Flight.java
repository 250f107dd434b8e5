// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
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
  private final boolean resent;
  private final BackendCall call;
  private final BackendHandle backend;
  private final long grantedAt = System.nanoTime();
  private volatile boolean recordedInDoubt;
  private final AtomicReference<Stage> stage = new AtomicReference<>(Stage.OPEN);

  /** Begins a flight that is tried again, or not, where its answer is lost with the connection. */
  Flight(
      LaneKey lane,
      ClaimedMessage message,
      boolean resent,
      BackendCall call,
      BackendHandle backend) {
    this.lane = lane;
    this.message = message;
    this.resent = resent;
    this.call = call;
    this.backend = backend;
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

  boolean resent() {
    return resent;
  }

  BackendCall call() {
    return call;
  }

  BackendHandle backend() {
    return backend;
  }

  /** Returns how long ago it was granted. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - grantedAt);
  }

  /**
   * Returns whether the answer has been out for longer than a time and this call parked the flight.
   */
  boolean park(long now, long patience) {
    return now - grantedAt > patience && stage.compareAndSet(Stage.OPEN, Stage.PARKED);
  }

  /** Notes that it stands recorded as in doubt: from here on people may have it sent again. */
  void recordedInDoubt() {
    recordedInDoubt = true;
  }

  /** Returns whether its message must not be handed out: nothing is recorded of it yet. */
  boolean unrecorded() {
    return !recordedInDoubt;
  }

  /** How an answer found its flight. */
  enum Answer {
    /** It still held its slot, which the record frees. */
    IN_TIME,
    /** It was parked before. */
    LATE,
    /** It had an answer already. */
    REPEATED
  }

  /** Notes an answer. */
  Answer answer() {
    return switch (stage.getAndSet(Stage.ANSWERED)) {
      case OPEN -> Answer.IN_TIME;
      case PARKED -> Answer.LATE;
      case ANSWERED -> Answer.REPEATED;
    };
  }

  /** Returns whether the answer is still out. */
  boolean awaited() {
    return stage.get() != Stage.ANSWERED;
  }
}
