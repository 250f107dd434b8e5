// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicReference;

/** A clock that stands still until it is moved. */
public final class MovableClock extends Clock {

  private final AtomicReference<Instant> now;

  /** Begins at a moment. */
  public MovableClock(Instant begin) {
    now = new AtomicReference<>(begin);
  }

  /** Moves the clock and returns the moment that it shows then. */
  public Instant move(Duration by) {
    return now.updateAndGet(instant -> instant.plus(by));
  }

  @Override
  public Instant instant() {
    return now.get();
  }

  @Override
  public ZoneId getZone() {
    return ZoneOffset.UTC;
  }

  @Override
  public Clock withZone(ZoneId zone) {
    throw new UnsupportedOperationException();
  }
}
