// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

/**
 * A rate that is halved when a receiver asks for it and comes back by steps, as congestion control
 * does (RFC 5681): one cut for all the refusals of one burst, a time without change that grows
 * while refusals go on, then steps that widen, and no limit at all once it is well above what was
 * refused. Times are milliseconds of one clock. Not thread-safe.
 */
final class PacedRate {

  /**
   * The slowest, a minute: less would tell nothing of whether the receiver has changed its mind.
   */
  static final double FLOOR = 1;

  /** All refusals within this time are one. */
  static final long BURST = 10_000;

  static final long FIRST_HOLD = 30_000;
  static final long LONGEST_HOLD = 300_000;
  static final long STEP = 15_000;

  /** What nothing was heard of for so long is forgotten. */
  static final long FORGOTTEN = 3_600_000;

  private static final double[] RISES = {1.25, 1.25, 1.5, 2};

  /** So many times what was refused last, there is no limit any more. */
  private static final double FREE_AT = 4;

  /** Nor is there one below which that would be a burst. */
  private static final double LEAST_FREE = 60;

  private boolean limited;
  private double perMinute = Double.POSITIVE_INFINITY;
  private double ceiling;
  private long cutAt = Long.MIN_VALUE / 2;
  private long holdUntil;
  private long changedAt;
  private int repeats;
  private int rises;
  private boolean evidence;
  private long nextAt;

  /** What is kept of it. */
  record State(
      double perMinute,
      double ceiling,
      long cutAt,
      long holdUntil,
      int repeats,
      int rises,
      long changedAt,
      boolean evidence,
      long nextAt) {}

  /** Takes up what was kept, unless that is too old to mean anything. */
  static PacedRate of(State state, long now) {
    PacedRate rate = new PacedRate();
    if (now - state.cutAt < FORGOTTEN && Double.isFinite(state.perMinute)) {
      rate.limited = true;
      rate.perMinute = Math.max(FLOOR, state.perMinute);
      rate.ceiling = state.ceiling;
      rate.cutAt = state.cutAt;
      rate.holdUntil = state.holdUntil;
      rate.changedAt = state.changedAt;
      rate.repeats = state.repeats;
      rate.rises = state.rises;
      rate.evidence = state.evidence;
      rate.nextAt = state.nextAt;
    }
    return rate;
  }

  State state() {
    return new State(
        perMinute, ceiling, cutAt, holdUntil, repeats, rises, changedAt, evidence, nextAt);
  }

  boolean limited() {
    return limited;
  }

  double perMinute() {
    return perMinute;
  }

  /**
   * Takes a refusal that asks to go slower.
   *
   * @param grantedAt when the message was given away: what was on its way before the last cut says
   *     nothing about the rate since
   * @param measured how many a minute the receiver took lately
   * @return whether the rate was cut
   */
  boolean refused(long now, long grantedAt, double measured) {
    if (limited && (grantedAt <= cutAt || now - cutAt < BURST)) {
      return false;
    }
    if (!limited) {
      ceiling = measured;
      repeats = 0;
    } else if (rises > 0) {
      // It had come back up to where it was refused: that is the newer word on what is too much.
      ceiling = Math.max(measured, ceiling / 2);
      repeats = 0;
    } else {
      repeats++;
    }
    perMinute = Math.max(FLOOR, Math.min(perMinute, measured) / 2);
    limited = true;
    cutAt = now;
    changedAt = now;
    holdUntil = now + Math.min(LONGEST_HOLD, FIRST_HOLD << Math.min(repeats, 10));
    rises = 0;
    evidence = false;
    nextAt = Math.max(nextAt, now);
    return true;
  }

  /** Takes an acceptance of a message given away at a moment; returns whether it is news. */
  boolean accepted(long grantedAt) {
    boolean news = limited && !evidence && grantedAt > changedAt;
    evidence |= news;
    return news;
  }

  /** Lets the rate rise by a step where it is time; returns whether it rose. */
  boolean rise(long now) {
    if (!limited || !evidence || now < holdUntil || now - changedAt < STEP) {
      return false;
    }
    perMinute *= RISES[Math.min(rises, RISES.length - 1)];
    rises++;
    changedAt = now;
    evidence = false;
    if (perMinute > Math.max(LEAST_FREE, FREE_AT * ceiling)) {
      limited = false;
      perMinute = Double.POSITIVE_INFINITY;
    }
    return true;
  }

  /** Takes the limit away, as another one stands for it. */
  void free() {
    limited = false;
    perMinute = Double.POSITIVE_INFINITY;
  }

  /** Returns the time between two messages, in milliseconds; 0 without a limit. */
  double interval() {
    return limited ? 60_000 / perMinute : 0;
  }

  /** Returns when the next message may go, at the earliest now. */
  long nextAt(long now) {
    return limited ? Math.max(now, nextAt) : now;
  }

  /** Reserves the next place, which {@link #nextAt} told. */
  void reserve(long at) {
    nextAt = at + Math.max(1, Math.round(interval()));
  }

  /** Gives places back that were reserved last and not used. */
  void giveBack(int places) {
    nextAt -= Math.round(places * interval());
  }

  /** Returns how many places there are up to a moment. */
  int placesUntil(long until, long now) {
    if (!limited) {
      return Integer.MAX_VALUE;
    }
    long first = nextAt(now);
    return first > until ? 0 : 1 + (int) Math.min(1_000_000, (until - first) / interval());
  }
}
