// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

import java.time.Duration;
import java.time.Instant;

/**
 * How much a mailbox may send at a moment: the smaller of its own limit and that of its ramp.
 *
 * @param messages how many messages in any 24 hours
 * @param rampDay the day of the ramp, from 1, or null where there is none or it is over
 * @param changesAt when the ramp's next day begins, or null where no ramp holds
 */
public record SendingLimit(int messages, Integer rampDay, Instant changesAt) {

  /** Returns the limit of a mailbox without a ramp. */
  public static SendingLimit of(int dailyLimit) {
    return new SendingLimit(dailyLimit, null, null);
  }

  /** Returns the limit of a mailbox at a moment; the ramp and its start may be null. */
  public static SendingLimit at(int dailyLimit, Ramp ramp, Instant rampStartedAt, Instant now) {
    if (ramp == null) {
      return of(dailyLimit);
    }
    int day = ramp.day(rampStartedAt, now);
    if (day > ramp.days()) {
      return of(dailyLimit);
    }
    Instant next = rampStartedAt.plus(Duration.ofHours(24).multipliedBy(day));
    return new SendingLimit(Math.min(dailyLimit, ramp.limit(day)), day, next);
  }
}
