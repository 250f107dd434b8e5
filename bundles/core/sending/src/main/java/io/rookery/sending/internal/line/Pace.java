// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;

/**
 * How many messages may be on their way to one server, so that a queue of at most a quarter of a
 * second stands there and yet the server never wants for work. In the manner of TCP Vegas (Brakmo,
 * Peterson 1995) it compares the time that replies take with the time that they take where nobody
 * waits: what is beyond is a queue, and as many messages are let out as the server answers within
 * the unloaded time and {@link #QUEUE}. A server that is slow without a queue is given more.
 *
 * <p>The unloaded time is measured anew every quarter of a minute, where a queue seems to stand, by
 * holding back for a moment (BBR does the same, draft-cardwell-iccrg-bbr). That moment is the same
 * on all nodes, by the database's time, else one would measure the other's queue. It is a mean: a
 * server whose replies vary would else seem to have a queue whenever a reply is not its fastest.
 *
 * <p>Nodes share a server by {@link #share}: each adds up what all are answered and takes its part.
 * All times are nanoseconds of one monotonic clock. Not thread-safe: {@link Slots} guards it.
 */
final class Pace {

  /**
   * The queue that is aimed at: as far below the quarter of a second that is promised as it swings.
   */
  static final long QUEUE = Duration.ofMillis(175).toNanos();

  private static final long SHORTEST_ROUND = Duration.ofMillis(50).toNanos();
  private static final int LEAST_ANSWERS = 4;
  private static final double START = 16;
  private static final double FLOOR = 4;
  private static final double URGENT_FLOOR = 16;
  private static final double SMOOTH = 0.25;
  private static final double SMOOTHER = 0.1;
  private static final long JITTER = Duration.ofMillis(10).toNanos();
  private static final long PROBE_EVERY = Duration.ofSeconds(15).toNanos();
  private static final long DRAIN = Duration.ofMillis(250).toNanos();
  private static final long SHORTEST_PROBE = Duration.ofMillis(200).toNanos();

  /** A probe counts by its answers beside so many of before. */
  private static final double FORMER = 2;

  /** A probe holds a long pipe half empty: it comes once in so many of its unloaded times. */
  private static final int PROBE_SPACING = 60;

  /** For so long after it held somebody back a server counts as the one that is scarce. */
  private static final long SCARCE = Duration.ofSeconds(5).toNanos();

  /** Spreads evenly over [0, 1), however many are taken. */
  private static final double GOLDEN = 0.6180339887498949;

  private final double most;
  private int inFlight;

  private long began;
  private long changedAt;
  private double area;
  private double sum;
  private int answers;
  private double least = Double.MAX_VALUE;
  private boolean full;
  private boolean disturbed;

  private double base;
  private double reply;
  private double longReply;
  private double rate;
  private double total = START;
  private double limit = START;
  private double dither;
  private long heldBackAt;
  private boolean heldBack;

  private double share = 1;
  private double othersRate;
  private double othersBase;
  private long offset;
  private long decided = Long.MIN_VALUE;
  private boolean probes;
  private double probeLevel;
  private long drainedAt;
  private double probeSum;
  private int probeAnswers;

  /** Begins with a server that nothing is known of. */
  Pace(int most, long now) {
    this.most = most;
    begin(now);
    this.limit = Math.min(START, most);
  }

  /** Returns whether a message of a campaign may be let out now. */
  boolean admits(long now) {
    double allowed = probing(now) ? probeLevel : limit;
    return inFlight < (int) (Math.min(allowed, limit) + dither);
  }

  /**
   * Returns whether an urgent message may be let out now. It goes past campaigns, and yet a
   * tenant's many urgent messages must not make a queue before those of the others.
   */
  boolean admitsUrgent() {
    return inFlight < Math.max(URGENT_FLOOR, 2 * limit);
  }

  /** Notes that somebody was held back by this alone. */
  void heldBack(long now) {
    full = true;
    heldBack = true;
    heldBackAt = now;
  }

  /** Notes that a message was let out. */
  void granted(long now) {
    advance(now);
    inFlight++;
  }

  /** Notes that a message is no longer on its way, whatever became of it. */
  void ended(long now) {
    advance(now);
    inFlight--;
    if (probing(now) && drainedAt == Long.MAX_VALUE && inFlight <= probeLevel) {
      drainedAt = now;
    }
    dither += GOLDEN;
    dither -= (int) dither;
  }

  /** Notes how long the server took for a message that {@link #ended}. */
  void answered(long now, long took) {
    long grantedAt = now - took;
    if (probing(grantedAt)) {
      disturbed = true;
      if (intoProbe(grantedAt) >= DRAIN && grantedAt >= drainedAt) {
        probeSum += took;
        probeAnswers++;
      }
      return;
    }
    if (disturbed) {
      endProbe(now);
    }
    sum += took;
    answers++;
    least = Math.min(least, took);
    if (answers >= LEAST_ANSWERS && now - began >= Math.max(SHORTEST_ROUND, reply)) {
      endRound(now);
    }
  }

  private void advance(long now) {
    area += (double) inFlight * (now - changedAt);
    changedAt = now;
  }

  private void begin(long now) {
    began = now;
    changedAt = now;
    area = 0;
    sum = 0;
    answers = 0;
    least = Double.MAX_VALUE;
    full = false;
  }

  private void endRound(long now) {
    double mean = sum / answers;
    double present = area / (now - began);
    boolean first = reply == 0;
    reply = first ? mean : reply + SMOOTH * (mean - reply);
    longReply = first ? mean : longReply + SMOOTHER * (mean - longReply);
    double fresh = present / mean;
    rate = rate == 0 ? fresh : rate + SMOOTH * (fresh - rate);
    // The very first replies found no queue; later on only means count, for replies vary.
    base = base == 0 ? least : Math.min(base, longReply);
    if (full || mean > target()) {
      adapt(mean, fresh);
    }
    begin(now);
  }

  private void adapt(double mean, double fresh) {
    // While it grows the newest rate counts; in balance the smooth one, which nodes agree on.
    boolean free = mean <= unloaded() + Math.min(unloaded() / 4 + JITTER, QUEUE / 2.0);
    double all = (free ? fresh : rate) + othersRate;
    double factor = free ? 2 : Math.max(0.5, Math.min(2, target() / mean));
    double wanted = all * mean * factor;
    total = Math.max(FLOOR, full ? wanted : Math.min(total, wanted));
    apportion();
  }

  private void apportion() {
    limit = Math.max(1, Math.min(most, share * total));
  }

  /** Returns the unloaded time as all nodes that share the server see it. */
  private double unloaded() {
    return othersBase == 0 || base == 0 ? base : Math.min(base, othersBase);
  }

  private double target() {
    return unloaded() + QUEUE;
  }

  /** Returns how many messages are under way to the server and back where nobody waits. */
  private double pipe() {
    return (rate + othersRate) * unloaded();
  }

  private boolean probing(long now) {
    double lasts = Math.max(DRAIN, reply) + Math.max(SHORTEST_PROBE, 2 * reply);
    if (intoProbe(now) >= Math.min(lasts, PROBE_EVERY / 2.0)) {
      return false;
    }
    long mark = Math.floorDiv(now + offset, PROBE_EVERY);
    if (mark > decided) {
      decide(mark, now);
    }
    return probes && mark == decided;
  }

  private void decide(long mark, long now) {
    decided = mark;
    // Where hardly anything is let out a probe costs nothing, and may show that the server itself
    // has become slow.
    boolean starved = reply > target() * 1.1;
    long spacing = starved ? 1 : 1 + (long) (PROBE_SPACING * unloaded() / PROBE_EVERY);
    boolean queue = base > 0 && reply > unloaded() * 1.1 + JITTER;
    probes = queue && scarce(now) && mark % spacing == 0;
    probeLevel = Math.max(1, share * (total <= FLOOR ? 1 : Math.max(FLOOR, pipe() / 2)));
    drainedAt = Long.MAX_VALUE;
  }

  private long intoProbe(long now) {
    return Math.floorMod(now + offset, PROBE_EVERY);
  }

  private void endProbe(long now) {
    if (probeAnswers > 1) {
      double mean = probeSum / probeAnswers;
      base += (mean - base) * probeAnswers / (probeAnswers + FORMER);
      longReply = Math.max(longReply, base);
    }
    probeSum = 0;
    probeAnswers = 0;
    disturbed = false;
    begin(now);
  }

  /** Returns whether the server has held somebody back lately. */
  boolean scarce(long now) {
    return heldBack && now - heldBackAt < SCARCE;
  }

  /**
   * Takes this node's part.
   *
   * @param share this node's part of all that is let out, up to 1
   * @param othersRate how many messages a nanosecond the other nodes are answered
   * @param othersBase the least of the other nodes' unloaded times, 0 where there is none
   */
  void share(double share, double othersRate, double othersBase) {
    this.share = share;
    this.othersRate = othersRate;
    this.othersBase = othersBase;
    apportion();
  }

  /**
   * Takes over what has to be added to this node's clock for the time that nodes have in common.
   */
  void synchronise(long offset) {
    this.offset = offset;
  }

  /** Returns how many messages a nanosecond the server answers this node. */
  double rate() {
    return rate;
  }

  /** Returns how long a reply takes where nobody waits, 0 where that is not known yet. */
  double base() {
    return base;
  }

  /** Returns how many messages of campaigns this node lets be on their way. */
  double limit() {
    return limit;
  }

  int inFlight() {
    return inFlight;
  }
}
