// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

/**
 * A rate that is halved when a receiver asks for it and comes back by steps, as congestion control
 * does (RFC 5681): one cut for all the refusals of one burst, a time without change that grows
 * while refusals go on, then steps that widen, and no limit at all once no mail waits for it any
 * more. Times are milliseconds of one clock. Not thread-safe.
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

  /** A first cut goes no lower, for little may be known yet of what is taken. */
  private static final double FIRST_FLOOR = 60;

  /** A cut divides by no more, as what was taken is measured over a short time. */
  private static final double DEEPEST_CUT = 4;

  /** Beyond this a limit is none. */
  private static final double MOST = 600_000;

  private boolean limited;
  private double perMinute = Double.POSITIVE_INFINITY;
  private double cutFrom;
  private long cutAt = Long.MIN_VALUE / 2;
  private long holdUntil;
  private long changedAt;
  private int repeats;
  private int rises;
  private boolean evidence;
  private boolean waitedFor;
  private long nextAt;

  /** What is kept of it. */
  record State(
      double perMinute,
      long cutAt,
      long holdUntil,
      int repeats,
      int rises,
      long changedAt,
      boolean evidence,
      boolean waitedFor,
      long nextAt) {}

  /** Takes up what was kept, unless that is too old to mean anything. */
  static PacedRate of(State state, long now) {
    PacedRate rate = new PacedRate();
    if (now - state.cutAt < FORGOTTEN && Double.isFinite(state.perMinute)) {
      rate.limited = true;
      rate.perMinute = Math.max(FLOOR, state.perMinute);
      rate.cutFrom = rate.perMinute;
      rate.cutAt = state.cutAt;
      rate.holdUntil = state.holdUntil;
      rate.changedAt = state.changedAt;
      rate.repeats = state.repeats;
      rate.rises = state.rises;
      rate.evidence = state.evidence;
      rate.waitedFor = state.waitedFor;
      rate.nextAt = state.nextAt;
    }
    return rate;
  }

  State state() {
    return new State(
        perMinute, cutAt, holdUntil, repeats, rises, changedAt, evidence, waitedFor, nextAt);
  }

  boolean limited() {
    return limited;
  }

  double perMinute() {
    return perMinute;
  }

  /** Returns what the rate was before it was cut in the burst that goes on, or what it is. */
  double perMinuteBefore(long now) {
    return now - cutAt <= BURST ? cutFrom : perMinute;
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
    repeats = limited && rises == 0 ? repeats + 1 : 0;
    cutFrom = limited ? perMinute : Math.max(FIRST_FLOOR, measured);
    perMinute =
        limited
            ? Math.max(
                FLOOR, Math.min(perMinute / 2, Math.max(measured / 2, perMinute / DEEPEST_CUT)))
            : Math.max(FIRST_FLOOR, measured / 2);
    limited = true;
    cutAt = now;
    changedAt = now;
    holdUntil = now + Math.min(LONGEST_HOLD, FIRST_HOLD << Math.min(repeats, 10));
    rises = 0;
    evidence = false;
    waitedFor = false;
    nextAt = Math.max(nextAt, now);
    return true;
  }

  /** Takes an acceptance of a message given away at a moment; returns whether it is news. */
  boolean accepted(long grantedAt) {
    boolean news = limited && !evidence && grantedAt > changedAt;
    evidence |= news;
    return news;
  }

  /** Notes that a message waits for the rate: without it, it would have gone. */
  void waitedFor() {
    waitedFor = true;
  }

  /** Lets the rate rise by a step where it is time; returns whether it rose. */
  boolean rise(long now) {
    if (!limited || !evidence || now < holdUntil || now - changedAt < STEP) {
      return false;
    }
    if ((rises > 0 && !waitedFor) || perMinute > MOST) {
      free();
    } else {
      perMinute *= RISES[Math.min(rises, RISES.length - 1)];
    }
    rises++;
    changedAt = now;
    evidence = false;
    waitedFor = false;
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
