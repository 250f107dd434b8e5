// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.line.ClaimedMessage.Watermark;
import io.rookery.sending.internal.store.ClaimStore;
import io.rookery.sending.internal.store.ClaimStore.Claim;
import io.rookery.sending.internal.throttle.Sorted;
import io.rookery.sending.internal.throttle.Sorted.Placed;
import io.rookery.spi.mail.MessageSource;
import io.rookery.spi.mail.OutboundMessage;
import io.rookery.spi.mail.RawMessage;
import java.sql.SQLException;
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
  private static final Duration STALE = Duration.ofSeconds(2);
  private static final Duration REWIND = Duration.ofSeconds(10);
  private static final Duration LONGEST_GAP = Duration.ofSeconds(5);

  private final LaneRun run;
  private final Transactions transactions;
  private final Flights flights;
  private final Clock clock;
  private final ClaimStore store = new ClaimStore();
  private final Deque<ClaimedMessage> block = new ArrayDeque<>();
  private final Deque<Placed> placed = new ArrayDeque<>();
  private final Set<UUID> campaigns = new HashSet<>();
  private Watermark watermark = Watermark.START;
  private long claimedAt;
  private long rewoundAt = System.nanoTime();
  private boolean rewind;
  private int version;
  private int room;
  private Instant nextAt;

  LaneFeed(LaneRun run, LaneState state, Transactions transactions, Flights flights, Clock clock) {
    this.run = run;
    this.transactions = transactions;
    this.flights = flights;
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

  /** Returns the campaigns of which messages were claimed or ended. */
  synchronized Set<UUID> campaigns() {
    return Set.copyOf(campaigns);
  }

  /** Returns how many more messages the mailbox may send now. */
  synchronized int room() {
    return room;
  }

  /** Returns when the next message may go, after the mailbox's gap. */
  synchronized Instant nextAt() {
    return later(nextAt, run.way().pacer().nextAt());
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
      if (System.nanoTime() - claimedAt > STALE.toNanos()
          || version != run.way().pacer().version()) {
        dropBlock();
      }
      ClaimedMessage next = nextAtHand();
      if (next == null) {
        if (!awaitPlaced() && !claim()) {
          return null;
        }
        continue;
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

  private static Instant later(Instant one, Instant other) {
    return one.isAfter(other) ? one : other;
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
    long wait = Math.min(STALE.toMillis(), first.at() - clock.millis());
    TimeUnit.MILLISECONDS.timedWait(this, Math.max(1, wait));
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
    if (!run.mayGoOn() || room == 0 || !fresh || !sorted || paced || block.isEmpty()) {
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

  private void dropBlock() {
    if (!block.isEmpty() || !placed.isEmpty()) {
      run.way().pacer().giveBack(List.copyOf(placed));
      placed.clear();
      block.clear();
      watermark = Watermark.START;
    }
  }

  /** Claims a block; returns whether there may be something to hand out. */
  private boolean claim() {
    if (run.suspended() || run.rekeyed()) {
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
    // What is in flight is noted before the rows are read: a message whose outcome is recorded in
    // between is still due in the snapshot, and must not go out a second time.
    Set<UUID> away = new HashSet<>(run.expected());
    away.addAll(flights.of(run.lane()));
    Instant moment = clock.instant();
    Claim claim =
        transactions.call(
            run.context(),
            tx -> {
              if (run.pausedNow(tx)) {
                return new Claim(List.of(), List.of(), List.of(), watermark, false);
              }
              Claim found = store.claim(tx, run.lane().laneId(), watermark, moment, BLOCK);
              List<UUID> barred = without(found.barred(), away);
              store.end(tx, barred, "suppressed", "The recipient may not be written to", moment);
              List<UUID> expired = without(found.expired(), away);
              store.end(tx, expired, "failed", "Not sent in the time it was to be tried", moment);
              return passing(tx, found, away, moment);
            });
    watermark = claim.watermark();
    claimedAt = System.nanoTime();
    version = run.way().pacer().version();
    claim.ready().stream()
        .filter(message -> !message.single())
        .forEach(message -> campaigns.add(message.campaignId()));
    Sorted sorted =
        run.way()
            .pacer()
            .sort(claim.ready().stream().filter(message -> !away.contains(message.id())).toList());
    block.addAll(sorted.free());
    placed.addAll(sorted.placed());
    return run.way().pacer().pull() || !block.isEmpty() || !placed.isEmpty() || claim.more();
  }

  /** Leaves out what does not go out; of campaigns only what is test mail or transactional can. */
  private Claim passing(Tx tx, Claim claim, Set<UUID> away, Instant moment) throws SQLException {
    List<ClaimedMessage> asked =
        claim.ready().stream()
            .filter(m -> m.single() || m.test() || m.transactional())
            .filter(m -> !away.contains(m.id()))
            .toList();
    if (asked.isEmpty()) {
      return claim;
    }
    Set<UUID> ended = run.gate().end(tx, asked, run.catchesMail(), moment);
    asked.stream()
        .filter(message -> !message.single())
        .forEach(message -> campaigns.add(message.campaignId()));
    List<ClaimedMessage> ready =
        claim.ready().stream().filter(message -> !ended.contains(message.id())).toList();
    return new Claim(ready, claim.barred(), claim.expired(), claim.watermark(), claim.more());
  }

  private static List<UUID> without(List<UUID> ids, Set<UUID> away) {
    return ids.stream().filter(id -> !away.contains(id)).toList();
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
    transactions.call(
        run.context(),
        tx -> {
          store.end(tx, List.of(message.id()), "failed", problem.getMessage(), clock.instant());
          return null;
        });
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
