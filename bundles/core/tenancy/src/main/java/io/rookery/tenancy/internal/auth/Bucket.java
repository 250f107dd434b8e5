// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.auth;

import io.rookery.api.tenancy.Authenticator.Allowance;
import java.util.concurrent.TimeUnit;

/**
 * A key's bucket as one node knows it, kept as the one moment at which it will be full again (the
 * generic cell rate algorithm, ITU-T I.371). All amounts are nanoseconds: what a token is worth.
 * Among several nodes there is a room besides: what this node may take until it hears of the others
 * again.
 */
final class Bucket {

  private static final long UNSET = Long.MIN_VALUE;

  private long fullAt;
  private long heardAt;
  private long room = UNSET;
  private long taken;
  private boolean forgotten;

  /** A bucket that will be full at a moment, as was heard at another. */
  Bucket(long fullAt, long heardAt) {
    this.fullAt = fullAt;
    this.heardAt = heardAt;
  }

  /** Takes a token where there is one; null where the bucket was forgotten meanwhile. */
  synchronized Allowance take(Rate rate, long now, Sharing sharing) {
    if (forgotten) {
      return null;
    }
    long token = rate.interval();
    long missing = Math.max(fullAt - now, 0);
    long left = rate.size() - missing;
    long open = Math.min(left, room(rate, now, sharing));
    if (open < token) {
      long wait = left < token ? token - left : sharing.period();
      return new Allowance(false, rate.perMinute(), 0, seconds(missing), seconds(wait));
    }
    fullAt = now + missing + token;
    taken += token;
    room -= sharing.nodes() == 1 ? 0 : token;
    int remaining = (int) ((open - token) / token);
    return new Allowance(true, rate.perMinute(), remaining, seconds(missing + token), 0);
  }

  /**
   * An equal part of what was in the bucket and of what comes in until the nodes hear again. Where
   * that is late, each goes on with its part of what comes in.
   */
  private long room(Rate rate, long now, Sharing sharing) {
    if (sharing.nodes() == 1) {
      return Long.MAX_VALUE;
    }
    if (room == UNSET) {
      long then = rate.size() - Math.max(fullAt - heardAt - taken, 0);
      room = Math.max((then + sharing.period()) / sharing.nodes() - taken, 0);
    }
    return room + Math.max(now - heardAt - sharing.period(), 0) / sharing.nodes();
  }

  private static int seconds(long nanos) {
    return (int) ((nanos + TimeUnit.SECONDS.toNanos(1) - 1) / TimeUnit.SECONDS.toNanos(1));
  }

  /** Returns what was taken since the last time. */
  synchronized long drain() {
    long drained = taken;
    taken = 0;
    return drained;
  }

  /** Puts back what was drained and could not be told to the others. */
  synchronized void undrain(long drained) {
    taken += drained;
  }

  /** Takes over what all nodes together have left, but for what was taken here since the drain. */
  synchronized void hear(long missing, long now) {
    fullAt = now + missing + taken;
    heardAt = now;
    room = UNSET;
  }

  /** Begins a new share of what is known here, as nobody else takes part. */
  synchronized void goOn(long now) {
    heardAt = now;
    room = UNSET;
  }

  /** Forgets the bucket where it is full and all that was taken is told. */
  synchronized boolean forget(long now) {
    forgotten = forgotten || taken == 0 && fullAt - now <= 0;
    return forgotten;
  }
}
