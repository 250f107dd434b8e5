// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.domain;

import java.time.Duration;
import java.time.Instant;

/** When a domain is looked at next. */
final class Due {

  static final Duration SHORTEST = Duration.ofMinutes(5);
  static final Duration HOUR = Duration.ofHours(1);
  static final Duration DAY = Duration.ofDays(1);

  /** A wait is this part of how long there has been something to wait for. */
  private static final int PART = 4;

  private Due() {}

  /** After five minutes at first, then ever more seldom, at last daily. */
  static Instant backingOff(Instant since, Instant now) {
    Duration wait = Duration.between(since, now).dividedBy(PART);
    if (wait.compareTo(SHORTEST) < 0) {
      wait = SHORTEST;
    }
    return now.plus(wait.compareTo(DAY) > 0 ? DAY : wait);
  }
}
