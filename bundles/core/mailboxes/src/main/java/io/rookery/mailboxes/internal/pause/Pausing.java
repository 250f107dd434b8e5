// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.pause;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.PauseCause;
import java.time.Instant;

/**
 * Whether something is paused, and what it remembers of pauses that have ended.
 *
 * @param cause what paused it, or null while it sends
 * @param reason the cause in words, or null while it sends
 * @param at since when, or null where a node of an older version paused it
 * @param until when it ends by itself, or null where it does not
 * @param repeats how many pauses for mails came before the last one
 * @param countedSince when the last pause for mails ended: what was sent before is judged no more
 */
public record Pausing(
    PauseCause cause, String reason, Instant at, Instant until, int repeats, Instant countedSince) {

  /** Never paused. */
  public static final Pausing NONE = new Pausing(null, null, null, null, 0, null);

  /** Returns whether it is paused. */
  public boolean paused() {
    return cause != null;
  }

  /** Returns this paused by a person, or for a consent that is gone, until that is lifted. */
  public Pausing begun(PauseCause by, String why, Instant now) {
    Pausing before = ended(now);
    return new Pausing(by, why, now, null, before.repeats, before.countedSince);
  }

  /**
   * Returns this paused for what was counted; the same where it is paused already by a person or
   * for longer. Within 30 days of the end of one each further pause for mails lasts twice as long.
   */
  public Pausing begun(AutomaticPause why, Instant now) {
    int times = why.repeats();
    if (why.cause().isQuality()) {
      boolean again =
          countedSince != null && countedSince.plus(PauseLengths.REMEMBERED).isAfter(now);
      times = again ? repeats + 1 : 0;
    }
    Instant end = now.plus(PauseLengths.of(why.cause(), times));
    if (paused() && (until == null || !until.isBefore(end))) {
      return this;
    }
    int kept = why.cause().isQuality() ? times : repeats;
    return new Pausing(why.cause(), why.reason(), now, end, kept, countedSince);
  }

  /** Returns this with its pause at an end. */
  public Pausing ended(Instant now) {
    boolean anew = paused() && cause.isQuality();
    return new Pausing(null, null, null, null, repeats, anew ? now : countedSince);
  }
}
