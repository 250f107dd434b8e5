// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.Ramp;
import io.rookery.api.mailboxes.SendingLimit;
import io.rookery.mailboxes.internal.pause.Pausing;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/** A ramp and when its first day began; both are null where there is none. */
record Ramping(Ramp ramp, Instant startedAt) {

  static final Ramping NONE = new Ramping(null, null);

  static Ramping begun(Ramp ramp, Instant now) {
    return ramp == null ? NONE : new Ramping(ramp, now);
  }

  /**
   * Returns this as it goes on after a pause. While it was held the ramp stood still; after a pause
   * for mails it goes on from half of the limit that it had reached, or from its first day. Once
   * for all pauses that hold a mailbox at a time, when the last of them for mails ends: mailbox,
   * domain and tenant may be paused for the same mails.
   *
   * @param holding what holds the mailbox still
   * @param dailyLimit the mailbox's own limit
   */
  Ramping after(Pausing ended, List<Pausing> holding, int dailyLimit, Instant now) {
    if (ramp == null) {
      return this;
    }
    Instant begin = begin(ended);
    // Where others hold it, their ends make up for all the time since the first of them began.
    Instant end = holding.stream().map(this::begin).reduce(now, Ramping::earlier);
    if (!ended.cause().isQuality() || holding.stream().anyMatch(it -> it.cause().isQuality())) {
      return end.isAfter(begin)
          ? new Ramping(ramp, startedAt.plus(Duration.between(begin, end)))
          : this;
    }
    int had = SendingLimit.at(dailyLimit, ramp, startedAt, earlier(begin, end)).messages();
    int day = ramp.lastDayAtMost(had / 2);
    return new Ramping(ramp, end.minus(Duration.ofHours(24).multipliedBy(day - 1L)));
  }

  private Instant begin(Pausing pausing) {
    Instant at = pausing.at();
    return at == null || at.isBefore(startedAt) ? startedAt : at;
  }

  private static Instant earlier(Instant one, Instant other) {
    return one.isBefore(other) ? one : other;
  }
}
