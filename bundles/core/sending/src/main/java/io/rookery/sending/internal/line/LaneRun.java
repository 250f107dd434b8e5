// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Leases.Lease;
import io.rookery.sending.internal.store.LaneStore;
import io.rookery.sending.internal.store.LaneStore.Right;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
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
  private static final Duration LAND = Duration.ofSeconds(30);

  /** A hold lasts for seconds; how soon its end is seen. */
  private static final Duration HELD = Duration.ofSeconds(2);

  private static final int MOST_SENDERS = 16;

  private final LaneParts parts;
  private final LaneKey lane;
  private final Lease lease;
  private final TenantContext context;
  private final Map<UUID, ClaimedMessage> expected = new ConcurrentHashMap<>();
  private final Seats seats;
  private final ServerWay way;
  private final TurnCalls calls;
  private final LaneClaims claims;
  private final long startedAt = System.nanoTime();
  private volatile boolean stopped;
  private volatile BackendHandle backend;
  private BackendHandle own;
  private LaneState state;
  private TurnSigner signer;
  private MessageRenderer renderer;
  private volatile LaneFeed feed;
  private volatile Long credentials;

  LaneRun(LaneParts parts, LaneKey lane, Lease lease) {
    this.parts = parts;
    this.lane = lane;
    this.lease = lease;
    this.context = TenantContext.of(lane.tenantId(), LaneParts.ACTOR);
    this.seats = new Seats(parts.slots(), lane);
    this.way = new ServerWay(parts, context, lane);
    this.calls = new TurnCalls(this, parts);
    this.claims = new LaneClaims(this, parts);
  }

  /** Does the turn; an error leaves the lane due, to be tried again. */
  Rest run() throws InterruptedException {
    try {
      return turn();
    } finally {
      way.leave();
    }
  }

  private Rest turn() throws InterruptedException {
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
      claims.endAll("Its mailbox was removed");
      return Rest.of(null, null);
    }
    if (state.suspended()) {
      return Rest.of(now.plusSeconds(60), "The tenant is suspended");
    }
    if (state.sealed()) {
      return Rest.of(now.plusSeconds(60), "The operator has sealed the tenant's secrets");
    }
    if (state.held()) {
      return Rest.of(now.plus(HELD), "What its mailbox signs in by is being replaced");
    }
    if (state.paused()) {
      return Rest.of(
          now.plusSeconds(60), "Its mailbox, its domain or the tenant's sending is paused");
    }
    if (state.room() == 0) {
      Instant at = state.roomAt() == null ? now.plusSeconds(60) : state.roomAt();
      return Rest.of(at, "Its mailbox has reached its daily limit");
    }
    seats.weigh(state.weight());
    own = parts.backends().find(state.backend(), lane.tenantId()).orElse(null);
    return null;
  }

  private Rest send() throws InterruptedException {
    Instant now = parts.clock().instant();
    try {
      credentials = parts.credentials().current(lane);
      if (!way.enter(state.backend(), own)) {
        return way.unreachable(state.backend());
      }
      backend = way.backend();
      signer = parts.signer(context, state, backend);
      renderer = parts.renderer(context, state, way, signer);
    } catch (RookeryException e) {
      // Its settings cannot be read either while its backend is going, or has come just now:
      // whoever reads them may be told of it after the line. Nor can they, or the keys that sign,
      // while the secret store is sealed.
      return own == null || own.draining() || e.code().kind() == ErrorCode.Kind.UNAVAILABLE
          ? Rest.lacking(now.plus(parts.failures().pause(lane)), e.getMessage())
          : Rest.of(now.plusSeconds(15), e.getMessage());
    }
    Account account = parts.credentials().use(lane, backend, way.account(), credentials);
    int able = Math.min(MOST_SENDERS, Math.max(1, backend.backend().parallelism(account)));
    int wanted = way.tries() ? 1 : able;
    int free = wanted - backend.inside(lane, account.id());
    if (free <= 0) {
      return Rest.failed(
          null, "All its calls into the mail backend are still out: " + calls.backendName());
    }
    seats.at(parts.relays().of(backend.name(), backend.backend(), account));
    feed = new LaneFeed(this, state, claims, parts.clock());
    LaneSenders senders =
        new LaneSenders(
            parts.settings(), backend, lane, account.id(), call -> calls.send(account, call));
    if (senders.begin(free, parts.senders()) == 0) {
      return Rest.of(now.plusSeconds(1), "All sender threads of this node are busy");
    }
    calls.leave(senders.join(this));
    if (way.isOwn() && calls.failureKind() == BackendException.Kind.AUTHENTICATION) {
      parts.mailboxes().refused(context, way.account());
    }
    return rest();
  }

  private Rest rest() {
    Instant now = parts.clock().instant();
    BackendException failure = calls.failure();
    if (way.closedBy(failure)) {
      return way.unreachable(state.backend());
    }
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
              way.keep(tx);
              calls.tellAccess(tx);
              return null;
            });
    // Only now: whoever releases a lane the moment its backend is there has to find it settled.
    way.await();
    if (rest.failed() || rest.lacksBackend() || way.waits()) {
      parts.resting().add(lane, state.backend(), own);
    }
    parts.completion().check(context, claims.campaigns());
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

  ClaimGate gate() {
    return parts.neighbours().gate();
  }

  /** Returns whether what is sent in this turn cannot leave the platform. */
  boolean catchesMail() {
    return backend.backend().capabilities().contains(Capability.CATCHES_MAIL);
  }

  LaneFeed feed() {
    return feed;
  }

  MessageRenderer renderer() {
    return renderer;
  }

  ServerWay way() {
    return way;
  }

  /** Leaves a message that was handed out for a later claim. */
  void skip(ClaimedMessage message) {
    feed.skipped(message);
  }

  /** Notes a message that was handed to a sender and not yet offered. */
  void expect(ClaimedMessage message) {
    expected.put(message.id(), message);
  }

  /** Returns a message that was handed out and not yet granted, or null. */
  ClaimedMessage expected(UUID id) {
    return expected.get(id);
  }

  void forget(UUID id) {
    expected.remove(id);
  }

  Set<UUID> expected() {
    return expected.keySet();
  }

  /** Returns by what right the turn takes slots. */
  Seats seats() {
    return seats;
  }

  /**
   * Returns whether the tenant's mail is to be signed otherwise by now, or cannot be, as known for
   * at most two seconds, and ends the turn then; never in a transaction.
   */
  boolean rekeyed() {
    boolean outdated = signer.outdated();
    if (outdated) {
      stop();
    }
    return outdated;
  }

  /**
   * Returns whether what the turn's account signs in by is not to be used any more, and ends the
   * turn then; never in a transaction.
   */
  boolean disowned() {
    Long known = credentials;
    boolean outdated = known != null && parts.credentials().outdated(lane, known);
    if (outdated) {
      stop();
    }
    return outdated;
  }

  /** Returns what {@link #rekeyed} last found, without asking. */
  boolean knownRekeyed() {
    return signer.knownOutdated();
  }

  /**
   * Returns whether the lane's mailbox may not send any more, or less than this turn goes by, and
   * ends the turn then.
   */
  boolean pausedNow(Tx tx) throws SQLException {
    Optional<Right> right = parts.lanes().right(tx, lane.laneId(), parts.clock().instant());
    right.ifPresent(it -> seats.weigh(it.weight()));
    boolean paused = right.isEmpty() || right.get().limit() < state.limit();
    stopped |= paused;
    return paused;
  }

  /** Returns whether more may be handed out in this turn. */
  boolean mayGoOn() {
    return maySend() && System.nanoTime() - startedAt < TURN.toNanos();
  }

  /** Returns whether a message that was handed out may still be given away. */
  boolean maySend() {
    return !stopped
        && lease.valid()
        && !backend.draining()
        && !Thread.currentThread().isInterrupted();
  }

  /** Returns for how long the turn has lasted. */
  Duration age() {
    return Duration.ofNanos(System.nanoTime() - startedAt);
  }

  /** Ends the turn: what was not granted stays due. */
  void stop() {
    stopped = true;
    nudge();
  }

  /** Has those who wait in the feed look up. */
  void nudge() {
    LaneFeed now = feed;
    if (now != null) {
      now.nudge();
    }
  }

  /** Returns the backend that the turn works with. */
  BackendHandle backend() {
    return backend;
  }

  /** Returns whether the turn works with a backend. */
  boolean uses(BackendHandle handle) {
    return backend == handle;
  }

  /** Ends the turn where its tenant is to use another version of the backend by now. */
  void reconsider() {
    BackendHandle used = backend;
    if (used != null
        && parts
            .backends()
            .find(used.name(), lane.tenantId())
            .filter(wanted -> wanted != used)
            .isPresent()) {
      stop();
    }
  }

  /** Has the lane hand out what is urgent next: something came. */
  void urge() {
    LaneFeed now = feed;
    if (now != null) {
      now.urge();
      seats.recall();
    }
  }

  /** Returns whether something urgent came that has not been looked for yet. */
  boolean urgentWaits() {
    return feed.urgentWaits();
  }

  /** Takes a campaign's message back that waits for a slot while something urgent waits for it. */
  boolean givesWay(ClaimedMessage message) {
    return !message.urgent() && urgentWaits() && feed.takeBack(message);
  }

  LaneStore lanes() {
    return parts.lanes();
  }

  /** Has the lane look again from its start. */
  void rewind() {
    LaneFeed now = feed;
    if (now != null) {
      now.rewind();
    }
  }
}
