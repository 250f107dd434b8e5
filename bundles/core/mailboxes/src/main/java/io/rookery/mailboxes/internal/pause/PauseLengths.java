// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.pause;

import io.rookery.api.mailboxes.PauseCause;
import java.time.Duration;

/** How long automatic pauses last: the longer, the more often they come. */
final class PauseLengths {

  /** For how long a pause is remembered that ended: within it the next one lasts twice as long. */
  static final Duration REMEMBERED = Duration.ofDays(30);

  private static final Duration LONGEST = Duration.ofDays(14);

  private PauseLengths() {}

  /** Returns the length of a pause that comes after a number of its kind. */
  static Duration of(PauseCause cause, int repeats) {
    return switch (cause) {
      case BOUNCES -> doubled(Duration.ofHours(24), repeats);
      case COMPLAINTS -> doubled(Duration.ofHours(72), repeats);
      case CONNECTION -> Duration.ofHours(1);
      case AUTHENTICATION ->
          Duration.ofHours(
              switch (repeats) {
                case 0 -> 1;
                case 1 -> 4;
                default -> 24;
              });
      default -> throw new IllegalArgumentException(cause + " has no length");
    };
  }

  private static Duration doubled(Duration first, int repeats) {
    Duration length = first.multipliedBy(1L << Math.min(repeats, 10));
    return length.compareTo(LONGEST) < 0 ? length : LONGEST;
  }
}
