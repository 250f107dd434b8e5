// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.time.Instant;

/**
 * When a message that was refused for now is tried again: after 5 min × 1.3ⁿ, until it expires.
 * Also how long an account rests that could not send at all.
 */
public final class RetryPolicy {

  /** How long a campaign's message is tried. */
  public static final Duration CAMPAIGN = Duration.ofHours(96);

  /** How long a transactional message is tried. */
  public static final Duration TRANSACTIONAL = Duration.ofHours(24);

  private static final Duration FIRST = Duration.ofMinutes(5);
  private static final Duration FIRST_SOON = Duration.ofSeconds(30);
  private static final Duration FIRST_REST = Duration.ofSeconds(5);
  private static final Duration LONGEST_REST = Duration.ofMinutes(15);
  private static final Duration FIRST_PAUSE = Duration.ofMillis(100);
  private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);

  private RetryPolicy() {}

  /**
   * Returns when a message is next due after its attempts so far, or null where it has expired by
   * then.
   */
  public static Instant next(Instant now, int attempts, Instant expiresAt) {
    double factor = Math.pow(1.3, Math.min(attempts, 60));
    Instant next = now.plusMillis((long) (FIRST.toMillis() * factor));
    return next.isAfter(expiresAt) ? null : next;
  }

  /**
   * Returns when a message is next due whose connection was lost, where nobody refused anything:
   * sooner than {@link #next}, after 30 s × 2ⁿ at first. Null where it has expired by then.
   */
  public static Instant soon(Instant now, int attempts, Instant expiresAt) {
    Instant soon = now.plus(FIRST_SOON.multipliedBy(1L << Math.min(attempts, 10)));
    Instant next = next(now, attempts, expiresAt);
    if (next != null && next.isBefore(soon)) {
      return next;
    }
    return soon.isAfter(expiresAt) ? null : soon;
  }

  /** Returns how long an account rests after failing a number of times in a row, from 1. */
  public static Duration rest(int failures) {
    Duration rest = FIRST_REST.multipliedBy(1L << Math.min(failures - 1, 10));
    return rest.compareTo(LONGEST_REST) < 0 ? rest : LONGEST_REST;
  }

  /**
   * Returns how long a lane pauses that found its account not to be had a number of times in a row,
   * from 1. Shortly at first: what is being replaced is here and not yet known everywhere.
   */
  public static Duration pause(int times) {
    Duration pause = FIRST_PAUSE.multipliedBy(1L << Math.min(times - 1, 10));
    return pause.compareTo(LONGEST_PAUSE) < 0 ? pause : LONGEST_PAUSE;
  }
}
