// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/**
 * Whether a server can be reached, as all lanes of this node that use it have found. After some
 * failures in a row it is open: lanes wait, and one at a time tries, at first each second, then
 * ever more seldom. The first success closes it. Times are nanoseconds of a monotonic clock.
 * Thread-safe.
 *
 * @param <L> what a lane is known by
 */
final class Circuit<L> {

  /** So many failures in a row, no success between them, open it. */
  static final int FAILURES = 5;

  private static final long SECOND = 1_000_000_000L;

  /** So far apart they no longer count together; lanes that fail rest ever longer. */
  static final long SPAN = 15 * 60 * SECOND;

  /** So often it is tried each second: a server that is started again is back within seconds. */
  private static final int QUICK_TRIES = 5;

  private static final long LONGEST_REST = 60 * SECOND;

  /** A lane that was called to try and does not come leaves its place to another. */
  private static final long CALLED = 5 * SECOND;

  private static final double JITTER = 0.2;

  private final LongSupplier nanos;
  private final DoubleSupplier random;
  private final Set<L> waiting = new LinkedHashSet<>();
  private int failures;
  private long lastFailure;
  private boolean open;
  private int tries;
  private long nextTry;
  private boolean trying;
  private long openedAt;
  private long calledUntil;
  private volatile boolean calm = true;

  /** How a lane may use the server. */
  enum Pass {
    /** As it likes. */
    ALL,
    /** By one connection, to find out whether it is back. */
    TRY,
    /** Not now. */
    NONE
  }

  Circuit(LongSupplier nanos, DoubleSupplier random) {
    this.nanos = nanos;
    this.random = random;
  }

  /** Asks to use the server. Whoever gets to try says {@link #tried} when it is done. */
  synchronized Pass enter() {
    if (!open) {
      return Pass.ALL;
    }
    if (trying || nanos.getAsLong() - nextTry < 0) {
      return Pass.NONE;
    }
    trying = true;
    return Pass.TRY;
  }

  /** Notes that the server answered. */
  void reached() {
    // Said for each message, and nearly always of a server of which nothing else is known.
    if (!calm) {
      close();
    }
  }

  private synchronized void close() {
    failures = 0;
    open = false;
    trying = false;
    tries = 0;
    calm = true;
  }

  /** Notes that the server could not be reached; returns whether that opened the circuit. */
  synchronized boolean failed() {
    long now = nanos.getAsLong();
    failures = failures > 0 && now - lastFailure > SPAN ? 1 : failures + 1;
    lastFailure = now;
    calm = false;
    if (open || failures < FAILURES) {
      return false;
    }
    open = true;
    openedAt = now;
    calledUntil = now;
    tries = 0;
    rest(now);
    return true;
  }

  /** Ends a try that {@link #enter} gave; without a success the next one comes later. */
  synchronized void tried() {
    if (open && trying) {
      trying = false;
      calledUntil = nanos.getAsLong();
      tries++;
      rest(nanos.getAsLong());
    }
  }

  private void rest(long now) {
    int doublings = Math.max(0, tries - QUICK_TRIES);
    long rest = Math.min(LONGEST_REST, SECOND << Math.min(doublings, 10));
    nextTry = now + (long) (rest * (1 + JITTER * (2 * random.getAsDouble() - 1)));
  }

  /** Has a lane wait until it is called. */
  synchronized void await(L lane) {
    waiting.add(lane);
  }

  synchronized void leave(L lane) {
    waiting.remove(lane);
  }

  /**
   * Takes the lanes that may come now: all of them where the circuit is closed, one where it is
   * time to try.
   */
  synchronized List<L> takeReady() {
    long now = nanos.getAsLong();
    if (!open) {
      List<L> all = List.copyOf(waiting);
      waiting.clear();
      return all;
    }
    if (!trying && now - nextTry >= 0 && now - calledUntil >= 0 && !waiting.isEmpty()) {
      calledUntil = now + CALLED;
      L first = waiting.iterator().next();
      waiting.remove(first);
      return List.of(first);
    }
    return List.of();
  }

  synchronized boolean isOpen() {
    return open;
  }

  /** Returns for how many seconds it has been open. */
  synchronized long openSeconds() {
    return open ? (nanos.getAsLong() - openedAt) / SECOND : 0;
  }

  /** Returns whether nobody would miss it. */
  synchronized boolean idle() {
    return !open && failures == 0 && waiting.isEmpty();
  }
}
