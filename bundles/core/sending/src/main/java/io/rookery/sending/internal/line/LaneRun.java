// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.tenancy.Tenant;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Leases.Lease;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Capability;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
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
  private static final Duration SUSPENSION_KNOWN = Duration.ofSeconds(2);
  private static final Duration LAND = Duration.ofSeconds(30);
  private static final int MOST_SENDERS = 16;

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
  private volatile BackendException told;
  private volatile boolean worked;
  private volatile BackendHandle backend;
  private LaneState state;
  private TurnSigner signer;
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
      return Rest.of(
          now.plusSeconds(60), "Its mailbox, its domain or the tenant's sending is paused");
    }
    if (state.room() == 0) {
      Instant at = state.roomAt() == null ? now.plusSeconds(60) : state.roomAt();
      return Rest.of(at, "Its mailbox has reached its daily limit");
    }
    backend = parts.backends().find(state.backend(), lane.tenantId()).orElse(null);
    if (backend == null) {
      return Rest.lacking(
          now.plusSeconds(5), "No mail backend " + state.backend() + " is installed");
    }
    return null;
  }

  private Rest send() throws InterruptedException {
    Instant now = parts.clock().instant();
    Account account;
    try {
      account = parts.mailboxes().account(context, lane.laneId());
      signer = parts.signer(context, state, backend);
      renderer = parts.renderer(context, state, signer);
    } catch (RookeryException e) {
      // Its settings cannot be read either while its backend is going, or has come just now:
      // whoever reads them may be told of it after the line. Nor can they, or the keys that sign,
      // while the secret store is sealed.
      return backend.draining() || e.code().kind() == ErrorCode.Kind.UNAVAILABLE
          ? Rest.lacking(now.plus(parts.failures().pause(lane)), e.getMessage())
          : Rest.of(now.plusSeconds(15), e.getMessage());
    }
    int wanted = Math.min(MOST_SENDERS, Math.max(1, backend.backend().parallelism(account)));
    int free = wanted - backend.inside(lane);
    if (free <= 0) {
      return Rest.failed(null, "All its calls into the mail backend are still out: " + hanging());
    }
    feed = new LaneFeed(this, state, parts.transactions(), parts.flights(), parts.clock());
    LaneSenders senders =
        new LaneSenders(parts.settings(), backend, lane, call -> send(account, call));
    if (senders.begin(free, parts.senders()) == 0) {
      return Rest.of(now.plusSeconds(1), "All sender threads of this node are busy");
    }
    leave(senders.join(this));
    if (failure != null && failure.kind() == BackendException.Kind.AUTHENTICATION) {
      parts.mailboxes().refused(context, account);
    }
    return rest();
  }

  private String hanging() {
    return state.backend() + " " + backend.version();
  }

  /** Goes on without calls that do not come back. */
  private void leave(Set<BackendCall> left) {
    if (left.isEmpty()) {
      return;
    }
    stopped = true;
    // A call that waits for a final reply is slow; one that has nothing out hangs.
    long hung = left.stream().filter(call -> call.unanswered().isEmpty()).count();
    LOG.warn(
        "{} calls of lane {} do not come back from mail backend {}",
        left.size(),
        lane.laneId(),
        hanging());
    if (hung > 0) {
      String what = hung + " calls hang inside the mail backend " + hanging();
      backend.problem(what);
      left.forEach(call -> backend.tally().call(false));
      failure = new BackendException(BackendException.Kind.CONNECTION, what, null, null);
    }
  }

  private void send(Account account, BackendCall call) {
    try {
      backend.backend().send(account, feed.messages(call), new LaneSink(this, parts, call));
      if (call.worked()) {
        backend.tally().call(true);
      }
    } catch (BackendException e) {
      told = e;
      failed(e, e.kind() != BackendException.Kind.THROTTLED);
    } catch (InterruptedException e) {
      stopped = true;
    } catch (RuntimeException | Error e) {
      LOG.error("Mail backend {} failed in lane {}", hanging(), lane.laneId(), e);
      String what = "The mail backend failed by " + e.getClass().getName() + ", see the log";
      failed(new BackendException(BackendException.Kind.CONNECTION, what, null, e), true);
    } finally {
      if (call.worked()) {
        worked = true;
      }
      parts.largeMails().give();
      parts.flights().abandon(call.unanswered());
    }
  }

  private void failed(BackendException e, boolean counts) {
    failure = e;
    backend.problem(e.getMessage());
    if (counts) {
      backend.tally().call(false);
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
              access(tx);
              return null;
            });
    if (rest.failed() || rest.lacksBackend()) {
      // Only now: whoever releases a lane the moment its backend is there has to find it settled.
      parts.resting().add(lane, state.backend(), backend);
    }
    if (feed != null) {
      parts.completion().check(context, feed.campaigns());
    }
  }

  /** What was sent shows that the server is there; of a backend that is going nothing is said. */
  private void access(Tx tx) throws SQLException {
    AccessFailures failures = new AccessFailures(parts.mailboxes());
    if (worked) {
      failures.worked(tx, lane.laneId());
    } else if (told != null && !backend.draining()) {
      failures.failed(tx, lane.laneId(), told.kind(), parts.clock().instant());
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

  ClaimGate gate() {
    return parts.neighbours().gate();
  }

  /** Returns whether what is sent in this turn cannot leave the platform. */
  boolean catchesMail() {
    return backend.backend().capabilities().contains(Capability.CATCHES_MAIL);
  }

  MessageRenderer renderer() {
    return renderer;
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

  /** Returns what {@link #rekeyed} last found, without asking. */
  boolean knownRekeyed() {
    return signer.knownOutdated();
  }

  /** Returns whether the lane's mailbox may not send any more, or less than this turn goes by. */
  boolean pausedNow(Tx tx) throws SQLException {
    Instant now = parts.clock().instant();
    boolean paused = parts.lanes().held(tx, lane.laneId(), state.limit(), now);
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

  /** Has the lane look again from its start. */
  void rewind() {
    LaneFeed now = feed;
    if (now != null) {
      now.rewind();
    }
  }
}
