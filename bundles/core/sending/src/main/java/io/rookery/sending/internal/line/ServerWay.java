// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.throttle.Circuits;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import java.sql.SQLException;
import java.time.Duration;

/**
 * One turn's way to its account's server: whether the server can be reached, and how fast it may be
 * used. Thread-safe.
 */
final class ServerWay {

  /** When a lane looks by itself whether its server is back, as where the node that knew is gone. */
  private static final Duration UNREACHABLE = Duration.ofSeconds(30);

  private final LaneParts parts;
  private final TenantContext context;
  private final LaneKey lane;
  private volatile Circuits.Passage passage;
  private volatile Pacer pacer;
  private volatile boolean waits;

  ServerWay(LaneParts parts, TenantContext context, LaneKey lane) {
    this.parts = parts;
    this.context = context;
    this.lane = lane;
  }

  /** Takes the way; returns whether it is open. Never in a transaction. */
  boolean enter(BackendHandle backend, Account account) {
    passage = parts.pacing().passage(backend, account, lane);
    if (!passage.granted()) {
      return false;
    }
    pacer = Pacer.begin(parts, context, lane, backend, account);
    return true;
  }

  /** Returns whether the turn is to find out whether the server is back, by one connection. */
  boolean tries() {
    return passage.tries();
  }

  Pacer pacer() {
    return pacer;
  }

  /** Notes that the server answered; returns whether that was all that was to be found out. */
  boolean reached() {
    passage.reached();
    return passage.tries();
  }

  /** Notes why a call could not send. */
  void failed(BackendException e) {
    if (e.kind() == Kind.CONNECTION) {
      passage.failed();
      return;
    }
    passage.reached();
    if (e.kind() == Kind.THROTTLED) {
      pacer.refused(e.reply());
    }
  }

  /** Returns whether the turn failed as all do that use the server now. */
  boolean closedBy(BackendException failure) {
    return failure != null && failure.kind() == Kind.CONNECTION && passage.open();
  }

  /** Returns how a turn ends whose server cannot be reached: the lane is called when it can be. */
  Rest unreachable() {
    waits = true;
    return Rest.of(parts.clock().instant().plus(UNREACHABLE), passage.words());
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
      passage.await();
    }
  }

  /** Leaves the way. */
  void leave() {
    if (pacer != null) {
      pacer.end();
    }
    if (passage != null) {
      passage.end();
    }
  }
}
