// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.health;

/**
 * What became of messages.
 *
 * @param sent how many a server took or refused for good
 * @param bounced how many of them have no such recipient
 * @param complained how many of them were complained about
 */
public record Counts(long sent, long bounced, long complained) {

  /** Nothing. */
  public static final Counts NONE = new Counts(0, 0, 0);

  /** Returns the sum. */
  public Counts plus(Counts other) {
    return new Counts(sent + other.sent, bounced + other.bounced, complained + other.complained);
  }

  /**
   * Returns how well what was sent was received, from 0.1, which is at or beyond the bounds of
   * automatic pauses, to 1. Of few messages a bounce counts as if there were as many as those
   * bounds ask for. Never 0: a mailbox that sends nothing could never recover.
   */
  public double health() {
    double bounces = bounced / (double) Math.max(sent, Bound.BOUNCES.leastSent()) / 0.05;
    double complaints = complained / (double) Math.max(sent, Bound.COMPLAINTS.leastSent()) / 0.001;
    return 1 - 0.9 * Math.min(1, Math.max(bounces, complaints));
  }
}
