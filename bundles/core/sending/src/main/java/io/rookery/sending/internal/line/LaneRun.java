// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Leases.Lease;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.OutcomeSink;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One turn of a lane on this node: looks up what the mailbox allows, opens as many senders as its
 * backend takes, feeds them until the lane is empty or its turn is over, and leaves the lane with
 * the time at which it is due again.
 */
final class LaneRun {

  private static final Logger LOG = LoggerFactory.getLogger(LaneRun.class);
  private static final Duration TURN = Duration.ofSeconds(60);
  private static final Duration SUSPENSION_KNOWN = Duration.ofSeconds(2);
  private static final Duration LAND = Duration.ofSeconds(30);

  private final LaneParts parts;
  private final LaneKey lane;
  private final Lease lease;
  private final TenantContext context;
  private final Map<UUID, ClaimedMessage> expected = new ConcurrentHashMap<>();
  private final long startedAt = System.nanoTime();
  private volatile boolean stopped;
  private volatile boolean suspended;
  private volatile long askedAt;
  private volatile BackendException failure;
  private Backends.Handle backend;
  private LaneState state;
  private MessageRenderer renderer;
  private volatile LaneFeed feed;

  LaneRun(LaneParts parts, LaneKey lane, Lease lease) {
    this.parts = parts;
    this.lane = lane;
    this.lease = lease;
    this.context = TenantContext.of(lane.tenantId(), LaneParts.ACTOR);
  }

  /** Does the turn; an error leaves the lane due, to be tried again. */
  Rest run() throws InterruptedException {
    Instant now = parts.clock().instant();
    state =
        parts
            .transactions()
            .call(context, tx -> parts.lanes().state(tx, lane.laneId(), now).orElse(null));
    Rest rest = obstacle(now);
    if (rest == null) {
      rest = send();
      parts.slots().awaitIdle(lane.laneId(), LAND);
    }
    settle(rest);
    return rest;
  }

  private Rest obstacle(Instant now) {
    if (state == null) {
      return Rest.of(now.plus(Duration.ofHours(1)), "Its mailbox is gone");
    }
    if (suspended()) {
      return Rest.of(now.plusSeconds(60), "The tenant is suspended");
    }
    if (state.paused()) {
      return Rest.of(now.plusSeconds(60), "Its mailbox is paused");
    }
    if (state.room() == 0) {
      Instant at = state.roomAt() == null ? now.plusSeconds(60) : state.roomAt();
      return Rest.of(at, "Its mailbox has reached its daily limit");
    }
    backend = parts.backends().find(state.backend()).orElse(null);
    if (backend == null) {
      return Rest.of(now.plusSeconds(5), "No mail backend " + state.backend() + " is installed");
    }
    return null;
  }

  private Rest send() throws InterruptedException {
    Account account;
    try {
      account = parts.mailboxes().account(context, lane.laneId());
      renderer = parts.renderer(context, state);
    } catch (RookeryException e) {
      return Rest.of(parts.clock().instant().plusSeconds(15), e.getMessage());
    }
    feed = new LaneFeed(this, state, parts.transactions(), parts.flights(), parts.clock());
    List<Future<?>> others = new ArrayList<>();
    try {
      int senders = Math.min(16, Math.max(1, backend.backend().parallelism(account)));
      for (int i = 1; i < senders; i++) {
        others.add(parts.senders().submit(() -> sendQuietly(account)));
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("Lane {} goes on with {} senders", lane.laneId(), others.size() + 1);
    }
    sendQuietly(account);
    await(others);
    return rest();
  }

  private void sendQuietly(Account account) {
    if (!backend.enter()) {
      return;
    }
    try {
      backend.backend().send(account, feed.messages(), new Sink());
    } catch (BackendException e) {
      failure = e;
    } catch (InterruptedException e) {
      stopped = true;
    } catch (RuntimeException e) {
      LOG.error("Mail backend {} failed in lane {}", state.backend(), lane.laneId(), e);
      failure =
          new BackendException(
              BackendException.Kind.CONNECTION, "The mail backend failed, see the log", null, e);
    } finally {
      backend.leave();
    }
  }

  private void await(List<Future<?>> others) throws InterruptedException {
    for (Future<?> other : others) {
      try {
        other.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("A sender let an exception out", e.getCause());
      }
    }
  }

  private Rest rest() {
    Instant now = parts.clock().instant();
    if (failure != null) {
      Duration wait = failure.retryAfter();
      return Rest.failed(wait == null ? null : now.plus(wait), failure.getMessage());
    }
    Instant next = feed.nextAt();
    return Rest.of(next.isAfter(now) ? next : null, null);
  }

  private void settle(Rest rest) {
    Instant notBefore =
        rest.failed()
            ? later(rest.notBefore(), parts.clock().instant().plus(parts.failures().rest(lane)))
            : rest.notBefore();
    if (!rest.failed() && rest.heldBack() == null) {
      parts.failures().forget(lane);
    }
    parts
        .transactions()
        .call(
            context,
            tx -> {
              parts.lanes().settle(tx, lane.laneId(), notBefore, rest.heldBack());
              return null;
            });
    if (feed != null) {
      parts.completion().check(context, feed.campaigns());
    }
  }

  private static Instant later(Instant one, Instant other) {
    return one == null || other.isAfter(one) ? other : one;
  }

  LaneKey lane() {
    return lane;
  }

  LaneState state() {
    return state;
  }

  TenantContext context() {
    return context;
  }

  MessageRenderer renderer() {
    return renderer;
  }

  /** Notes a message that was handed to a sender and not yet offered. */
  void expect(ClaimedMessage message) {
    expected.put(message.id(), message);
  }

  void forget(UUID id) {
    expected.remove(id);
  }

  Set<UUID> expected() {
    return expected.keySet();
  }

  /**
   * Returns whether the tenant may not send, as known for at most two seconds; never in a
   * transaction.
   */
  boolean suspended() {
    long now = System.nanoTime();
    if (askedAt == 0 || now - askedAt > SUSPENSION_KNOWN.toNanos()) {
      askedAt = now;
      Tenant tenant = parts.neighbours().tenants().get(context);
      stopped |= tenant.status() == Tenant.Status.SUSPENDED;
      suspended = tenant.status() == Tenant.Status.SUSPENDED;
    }
    return suspended;
  }

  /** Returns whether the lane's mailbox may not send any more. */
  boolean pausedNow(Tx tx) throws SQLException {
    boolean paused = parts.lanes().paused(tx, lane.laneId());
    stopped |= paused;
    return paused;
  }

  /** Returns whether more may be handed out in this turn. */
  boolean mayGoOn() {
    return maySend() && System.nanoTime() - startedAt < TURN.toNanos();
  }

  private boolean maySend() {
    return !stopped
        && lease.valid()
        && !backend.draining()
        && !Thread.currentThread().isInterrupted();
  }

  /** Ends the turn: what was not granted stays due. */
  void stop() {
    stopped = true;
  }

  /** Has the lane look again from its start. */
  void rewind() {
    LaneFeed now = feed;
    if (now != null) {
      now.rewind();
    }
  }

  private final class Sink implements OutcomeSink {

    @Override
    public Offer offer(UUID messageId, Duration wait) throws InterruptedException {
      ClaimedMessage message = expected.get(messageId);
      if (message == null) {
        return Offer.SKIP;
      }
      if (!maySend()) {
        return Offer.REFUSED;
      }
      if (!parts.slots().take(lane.laneId(), wait)) {
        return Offer.BUSY;
      }
      if (!maySend()) {
        parts.slots().free(lane.laneId());
        return Offer.REFUSED;
      }
      parts.flights().begin(lane, message);
      expected.remove(messageId);
      return Offer.GRANTED;
    }

    @Override
    public void report(Outcome outcome) {
      parts.flights().answer(outcome);
    }
  }

  /** How a turn ended: when the lane may come again, and what holds it back, for people. */
  record Rest(Instant notBefore, String heldBack, boolean failed) {
    static Rest of(Instant notBefore, String heldBack) {
      return new Rest(notBefore, heldBack, false);
    }

    static Rest failed(Instant notBefore, String heldBack) {
      return new Rest(notBefore, heldBack, true);
    }
  }
}
