// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import java.util.concurrent.TimeUnit;

/**
 * How often a key may ask: so many times a minute and, after a pause, so many at once. A token is
 * worth the time in which it comes back, so a bucket is as large as the time that fills it.
 */
public record Rate(int perMinute, int burst) {

  /** Refuses a rate that would admit nothing. */
  public Rate {
    if (perMinute < 1 || burst < 1) {
      throw new IllegalArgumentException("A rate and a burst are at least 1");
    }
  }

  /** Returns the nanoseconds that a token is worth. */
  long interval() {
    return TimeUnit.MINUTES.toNanos(1) / perMinute;
  }

  /** Returns the nanoseconds that a full bucket is worth. */
  long size() {
    return interval() * burst;
  }
}
