// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.line.Failover.Route;
import io.rookery.sending.internal.throttle.Circuits;
import io.rookery.sending.internal.throttle.PaceRow;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The way of one turn's mail: to the mailbox's own server, or to one of its fallbacks while that is
 * away; whether it can be reached, and how fast it may be used. Thread-safe.
 */
final class ServerWay {

  /**
   * When a lane looks by itself whether its server is back, as where the node that knew is gone.
   */
  private static final Duration UNREACHABLE = Duration.ofSeconds(30);

  private final LaneParts parts;
  private final TenantContext context;
  private final LaneKey lane;
  private final Failover failover;
  private volatile Circuits.Passage own;
  private volatile Route route;
  private volatile Pacer pacer;
  private final AtomicBoolean returns = new AtomicBoolean();
  private volatile boolean waits;
  private Kept kept;
  private Duration missed = Duration.ZERO;

  ServerWay(LaneParts parts, TenantContext context, LaneKey lane) {
    this.parts = parts;
    this.context = context;
    this.lane = lane;
    this.failover = new Failover(parts, context, lane);
  }

  /** What is known from earlier turns; the fallback is null for the mailbox's own server. */
  private record Kept(List<PaceRow> rows, UUID fallbackId) {}

  /**
   * Takes a way; returns whether there is any. Never in a transaction.
   *
   * @param backend the mailbox's own backend, or null where it is not installed
   */
  boolean enter(String name, BackendHandle backend) {
    missed = parts.pacing().absences().note(name, backend != null);
    kept = parts.transactions().call(context, this::kept);
    Route found = backend == null ? null : ownRoute(backend);
    if (found == null && mayDetour()) {
      found = failover.find(backend).orElse(null);
    }
    if (found == null) {
      return false;
    }
    pacer = Pacer.begin(parts, context, lane, found, kept.rows());
    route = found;
    if (found.fallbackId() != null && !found.fallbackId().equals(kept.fallbackId())) {
      failover.use(found.fallbackId());
    }
    returns.set(found.fallbackId() == null && kept.fallbackId() != null && !tries());
    return true;
  }

  private Kept kept(Tx tx) throws SQLException {
    return new Kept(
        parts.pacing().store().load(tx, lane.laneId()),
        parts.pacing().store().fallback(tx, lane.laneId()));
  }

  private Route ownRoute(BackendHandle backend) {
    Account account = parts.mailboxes().account(context, lane.laneId());
    own = parts.pacing().passage(backend, account, lane);
    return own.granted() ? new Route(backend, account, own, null) : null;
  }

  /** A mailbox goes another way once its own server has been away for long, or did so before. */
  private boolean mayDetour() {
    Duration away = own == null ? missed : Duration.ofSeconds(own.openSeconds());
    return kept.fallbackId() != null
        || away.compareTo(parts.pacing().settings().failoverAfter()) >= 0;
  }

  BackendHandle backend() {
    return route.backend();
  }

  Account account() {
    return route.account();
  }

  /** Returns whether mail goes by the mailbox's own server. */
  boolean isOwn() {
    return route.fallbackId() == null;
  }

  /** Returns whether the turn is to find out whether the server is back, by one connection. */
  boolean tries() {
    return route.passage().tries();
  }

  Pacer pacer() {
    return pacer;
  }

  /**
   * Notes that the server answered; returns whether that was all that was to be found out. Only now
   * has a mailbox come back from its fallback: a node that knows nothing yet of its own server
   * takes that for well. Never in a transaction.
   */
  boolean reached() {
    route.passage().reached();
    if (returns.compareAndSet(true, false)) {
      failover.back();
    }
    return tries();
  }

  /** Returns whether the mailbox's mail went by a fallback when the turn began. */
  boolean detoured() {
    return kept.fallbackId() != null;
  }

  /** Notes why a call could not send. */
  void failed(BackendException e) {
    if (e.kind() == Kind.CONNECTION) {
      route.passage().failed();
      return;
    }
    route.passage().reached();
    if (e.kind() == Kind.THROTTLED) {
      pacer.refused(e.reply());
    }
  }

  /** Returns whether the turn failed as all do that use the mailbox's own server now. */
  boolean closedBy(BackendException failure) {
    return failure != null && failure.kind() == Kind.CONNECTION && isOwn() && own.open();
  }

  /** Returns how a turn ends that has no way: the lane is called when its server can be reached. */
  Rest unreachable(String backend) {
    if (route != null && tries() && mayDetour()) {
      // Another way may be open.
      return Rest.of(null, null);
    }
    waits = own != null;
    return own == null
        ? Rest.lacking(
            parts.clock().instant().plusSeconds(5), "No mail backend " + backend + " is installed")
        : Rest.of(parts.clock().instant().plus(UNREACHABLE), own.words());
  }

  /** Returns whether the lane waits for its server. */
  boolean waits() {
    return waits;
  }

  /** Keeps what was learned of the lane's pace. */
  void keep(Tx tx) throws SQLException {
    if (pacer != null) {
      pacer.keep(tx);
    }
  }

  /** Keeps what was learned, now and then; for a thread that is in no transaction. */
  void keepSoon() {
    Pacer now = pacer;
    if (now != null) {
      now.keepSoon();
    }
  }

  /** Has the lane called once it may come again; after its turn was settled. */
  void await() {
    if (waits) {
      own.await();
    }
  }

  /** Leaves the way. */
  void leave() {
    if (pacer != null) {
      pacer.end();
    }
    if (route != null) {
      route.passage().end();
    } else if (own != null) {
      own.end();
    }
  }
}
