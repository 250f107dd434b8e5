// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

import io.rookery.api.mailboxes.PauseCause;

/** The bounds beyond which sending is paused, in whole numbers: nothing is rounded. */
enum Bound {
  /** More than 0.1 %, three or more, in 1,000 messages or more. */
  COMPLAINTS(PauseCause.COMPLAINTS, 3, 1000, 1000),
  /** More than 5 %, ten or more, in 200 messages or more. */
  BOUNCES(PauseCause.BOUNCES, 10, 200, 20);

  private final PauseCause cause;
  private final long least;
  private final long leastSent;
  private final long oneIn;

  Bound(PauseCause cause, long least, long leastSent, long oneIn) {
    this.cause = cause;
    this.least = least;
    this.leastSent = leastSent;
    this.oneIn = oneIn;
  }

  PauseCause cause() {
    return cause;
  }

  /** Returns the fewest messages that can be too many. */
  long least() {
    return least;
  }

  /** Returns of how many messages at least. */
  long leastSent() {
    return leastSent;
  }

  /** Returns how many of some counts this is about. */
  long counted(Counts counts) {
    return this == COMPLAINTS ? counts.complained() : counts.bounced();
  }

  /** Returns whether some counts are beyond it. */
  boolean passedBy(Counts counts) {
    long bad = counted(counts);
    return bad >= least && counts.sent() >= leastSent && bad * oneIn > counts.sent();
  }
}
