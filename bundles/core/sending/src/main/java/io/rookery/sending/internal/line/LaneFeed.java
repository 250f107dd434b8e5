// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.sending.internal.line.ClaimedMessage.Watermark;
import io.rookery.sending.internal.store.ClaimStore.Claim;
import io.rookery.sending.internal.throttle.Sorted;
import io.rookery.sending.internal.throttle.Sorted.Placed;
import io.rookery.spi.mail.MessageSource;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.RawMessage;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands the messages of a lane to its senders, each once. Messages are claimed in blocks and a
 * block grows stale: what was not handed out within two seconds is claimed again, so that a pause
 * or a suppression takes hold. Thread-safe; rendering happens on the sender's thread.
 */
final class LaneFeed {

  private static final Logger LOG = LoggerFactory.getLogger(LaneFeed.class);

  /** What passes by itself, and says nothing against the message. */
  private static final Set<ErrorCode.Kind> PASSING =
      Set.of(ErrorCode.Kind.UNAVAILABLE, ErrorCode.Kind.INTERNAL, ErrorCode.Kind.RATE_LIMITED);

  private static final int BLOCK = 500;

  /** Of a slow lane so few are claimed at a time: what grows stale is read for nothing. */
  private static final int SMALL_BLOCK = 32;

  private static final Duration STALE = Duration.ofSeconds(2);
  private static final Duration REWIND = Duration.ofSeconds(10);
  private static final Duration LONGEST_GAP = Duration.ofSeconds(5);

  /** So long after something urgent a lane that is empty waits for more of it. */
  private static final Duration LINGER = Duration.ofMillis(1500);

  private final LaneRun run;
  private final LaneClaims claims;
  private final Clock clock;
  private final Deque<ClaimedMessage> block = new ArrayDeque<>();
  private final Deque<Placed> placed = new ArrayDeque<>();
  private Watermark watermark = Watermark.START;
  private long claimedAt;
  private int limit = BLOCK;
  private int claimed;
  private long rewoundAt = System.nanoTime();
  private boolean rewind;
  private int version;
  private volatile boolean urgent;
  private boolean anyUrgent;
  private long urgentAt;
  private int room;
  private Instant nextAt;

  LaneFeed(LaneRun run, LaneState state, LaneClaims claims, Clock clock) {
    this.run = run;
    this.claims = claims;
    this.clock = clock;
    this.room = state.room();
    this.nextAt =
        state.lastSentAt() == null
            ? Instant.EPOCH
            : state.lastSentAt().plusMillis(state.minimumGapMillis());
  }

  /**
   * Has the next claim begin at the start of the lane again: something more urgent may have come.
   */
  synchronized void rewind() {
    rewind = true;
  }

  /** Has what is urgent be claimed next, and handed out before what is at hand. */
  synchronized void urge() {
    urgent = true;
    notifyAll();
  }

  /** Returns whether something urgent came that was not claimed yet. */
  boolean urgentWaits() {
    return urgent;
  }

  /** Takes a message back that was not granted: it will be claimed again. */
  synchronized boolean takeBack(ClaimedMessage message) {
    if (run.expected(message.id()) == null) {
      return false;
    }
    room++;
    run.forget(message.id());
    dropBlock();
    watermark = Watermark.START;
    return true;
  }

  /** Returns how many more messages the mailbox may send now. */
  synchronized int room() {
    return room;
  }

  /** Returns when the next message may go, after the mailbox's gap and by its server's pace. */
  synchronized Instant nextAt() {
    return later(nextAt, run.way().pacer().nextAt());
  }

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
  }

  /** Has those who wait for the mailbox's gap look whether they still may. */
  synchronized void nudge() {
    notifyAll();
  }

  /** Returns a sender's view of the feed. */
  MessageSource messages(BackendCall call) {
    return new Sender(call);
  }

  private synchronized ClaimedMessage take() throws InterruptedException {
    while (run.mayGoOn() && room > 0) {
      Duration gap = gap();
      if (gap.compareTo(LONGEST_GAP) > 0) {
        return null;
      }
      if (!gap.isNegative() && !gap.isZero()) {
        TimeUnit.MILLISECONDS.timedWait(this, Math.max(1, gap.toMillis()));
        continue;
      }
      boolean stale = System.nanoTime() - claimedAt > STALE.toNanos();
      if (stale) {
        fit();
      }
      if (stale || version != run.way().pacer().version()) {
        dropBlock();
      }
      if (urgent && !claimUrgent()) {
        return null;
      }
      ClaimedMessage next = nextAtHand();
      if (next == null) {
        if (!awaitPlaced() && !claim() && !linger()) {
          return null;
        }
        continue;
      }
      if (next.urgent()) {
        anyUrgent = true;
        urgentAt = System.nanoTime();
      }
      run.expect(next);
      run.way().pacer().gone();
      room--;
      if (run.state().minimumGapMillis() > 0) {
        nextAt = clock.instant().plusMillis(run.state().minimumGapMillis());
      }
      return next;
    }
    return null;
  }

  /** Returns how long to wait for the mailbox's gap, and for what its server asked. */
  private Duration gap() {
    Instant now = clock.instant();
    Instant paced = run.way().pacer().nextAt();
    if (paced.isAfter(now)) {
      run.way().pacer().waits();
    }
    return Duration.between(now, later(nextAt, paced));
  }

  /** Takes what its domain's pace lets go now, else what is free to go. */
  private ClaimedMessage nextAtHand() {
    Placed first = placed.peek();
    boolean due = first != null && first.at() <= clock.millis();
    return due ? placed.remove().message() : block.poll();
  }

  /** Waits for the next message that has its time; returns false where there is none. */
  private boolean awaitPlaced() throws InterruptedException {
    Placed first = placed.peek();
    if (first == null || rewind) {
      return false;
    }
    run.way().pacer().waits(first.message());
    if (!urgent) {
      long wait = Math.min(STALE.toMillis(), first.at() - clock.millis());
      TimeUnit.MILLISECONDS.timedWait(this, Math.max(1, wait));
    }
    return true;
  }

  /** Leaves a message that was handed out for a later claim: its domain has no room now. */
  synchronized void skipped(ClaimedMessage message) {
    room++;
    rewind = true;
    run.forget(message.id());
  }

  /** Takes a message only where that needs neither the database nor the clock. */
  private synchronized ClaimedMessage takeAtHand() {
    boolean fresh = System.nanoTime() - claimedAt <= STALE.toNanos();
    boolean paced = run.state().minimumGapMillis() > 0 || run.way().pacer().paced();
    boolean sorted = version == run.way().pacer().version();
    boolean free = fresh && sorted && !paced && !urgent;
    if (!run.mayGoOn() || room == 0 || !free || block.isEmpty()) {
      return null;
    }
    if (block.peek().single()) {
      // What it says is read from the database, and its files wait for memory.
      return null;
    }
    room--;
    ClaimedMessage next = block.remove();
    run.expect(next);
    return next;
  }

  /** Has the next block hold about twice what was handed out of this one before it grew stale. */
  private void fit() {
    if (!block.isEmpty()) {
      limit = Math.max(SMALL_BLOCK, Math.min(BLOCK, 2 * (claimed - block.size())));
    }
  }

  private void dropBlock() {
    if (!block.isEmpty() || !placed.isEmpty()) {
      run.way().pacer().giveBack(List.copyOf(placed));
      placed.clear();
      block.clear();
      watermark = Watermark.START;
    }
  }

  /** Waits for something urgent where some was handed out just now; returns whether it came. */
  private boolean linger() throws InterruptedException {
    while (anyUrgent && !urgent && block.isEmpty() && run.mayGoOn()) {
      long left = urgentAt + LINGER.toNanos() - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.MILLISECONDS.timedWait(this, 1 + left / 1_000_000);
    }
    return urgent || !block.isEmpty();
  }

  /** Claims a block; returns whether there may be something to hand out. */
  private boolean claim() {
    if (run.rekeyed() || run.disowned()) {
      return false;
    }
    if (!placed.isEmpty()) {
      // They are claimed once more, and must not be here twice.
      dropBlock();
    }
    long now = System.nanoTime();
    if (rewind || now - rewoundAt > REWIND.toNanos()) {
      watermark = Watermark.START;
      rewind = false;
      rewoundAt = now;
    }
    if (claimed > 0 && now - claimedAt < STALE.toNanos()) {
      limit = Math.min(BLOCK, 4 * limit);
    }
    Claim claim = claims.next(new HashSet<>(run.expected()), watermark, limit);
    watermark = claim.watermark();
    claimedAt = System.nanoTime();
    version = run.way().pacer().version();
    Sorted sorted = run.way().pacer().sort(claim.ready());
    block.addAll(sorted.free());
    claimed = block.size();
    placed.addAll(sorted.placed());
    return run.way().pacer().pull() || !block.isEmpty() || !placed.isEmpty() || claim.more();
  }

  /** Claims what is urgent and puts it before the rest; returns whether the turn may go on. */
  private boolean claimUrgent() {
    urgent = false;
    if (run.rekeyed() || run.disowned()) {
      return false;
    }
    if (!placed.isEmpty()) {
      // What is urgent takes the first of the times that a domain's pace has.
      dropBlock();
    }
    Set<UUID> away = new HashSet<>(run.expected());
    block.stream().takeWhile(ClaimedMessage::urgent).map(ClaimedMessage::id).forEach(away::add);
    Claim claim = claims.urgent(away, BLOCK);
    if (block.isEmpty()) {
      claimedAt = System.nanoTime();
      version = run.way().pacer().version();
    }
    Sorted sorted = run.way().pacer().sort(claim.ready());
    placed.addAll(sorted.placed());
    List<ClaimedMessage> ready = sorted.free();
    for (int i = ready.size() - 1; i >= 0; i--) {
      block.addFirst(ready.get(i));
    }
    return true;
  }

  /** Ends the turn where a message cannot be rendered now: it is still due. */
  private synchronized void putBack(ClaimedMessage message, RookeryException problem) {
    LOG.warn("Message {} waits, it cannot be rendered now: {}", message.id(), problem.toString());
    room++;
    run.forget(message.id());
    run.stop();
  }

  private synchronized void unrenderable(ClaimedMessage message, RookeryException problem) {
    LOG.warn("Message {} cannot be rendered: {}", message.id(), problem.getMessage());
    room++;
    claims.fail(message, problem.getMessage());
    run.forget(message.id());
  }

  private final class Sender implements MessageSource {
    private final BackendCall call;
    private RawMessage next;

    Sender(BackendCall call) {
      this.call = call;
    }

    @Override
    public boolean hasNext() {
      call.asks(true);
      try {
        while (next == null) {
          ClaimedMessage message = take();
          if (message == null) {
            return false;
          }
          next = render(message);
        }
        return true;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      } finally {
        call.asks(false);
      }
    }

    @Override
    public boolean atHand() {
      while (next == null) {
        ClaimedMessage message = takeAtHand();
        if (message == null) {
          return false;
        }
        next = render(message);
      }
      return true;
    }

    private RawMessage render(ClaimedMessage message) {
      try {
        return run.renderer().render(message);
      } catch (RookeryException e) {
        if (PASSING.contains(e.code().kind())) {
          putBack(message, e);
        } else {
          unrenderable(message, e);
        }
        return null;
      }
    }

    @Override
    public OutboundMessage next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      RawMessage message = next;
      next = null;
      return message;
    }
  }
}
