// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.OutcomeSink;
import java.time.Duration;
import java.util.UUID;

/**
 * Where one call into a mail backend asks before it gives a message away, and tells what came of
 * it. A message is granted once, and only while the turn may go on and the window has room.
 * Thread-safe.
 */
final class LaneSink implements OutcomeSink {

  private static final Duration STEP = Duration.ofMillis(100);

  private final LaneRun run;
  private final LaneParts parts;
  private final BackendCall call;

  LaneSink(LaneRun run, LaneParts parts, BackendCall call) {
    this.run = run;
    this.parts = parts;
    this.call = call;
  }

  @Override
  public Offer offer(UUID messageId, Duration wait) throws InterruptedException {
    call.asks(true);
    try {
      return answer(messageId, wait);
    } finally {
      call.asks(false);
    }
  }

  private Offer answer(UUID messageId, Duration wait) throws InterruptedException {
    ClaimedMessage message = run.expected(messageId);
    if (message == null) {
      return Offer.SKIP;
    }
    if (run.way().reached()) {
      // That the server answers is what the turn was to find out.
      run.stop();
    }
    // What waited long for its connection may carry the signature of a key that is revoked. Who has
    // no time to wait is in the middle of others, and asks nobody.
    if (!run.maySend() || (wait.isZero() ? run.knownRekeyed() : run.rekeyed())) {
      return Offer.REFUSED;
    }
    Seat seat = run.seats().of(message);
    if (run.givesWay(message)) {
      return Offer.SKIP;
    }
    if (!take(seat, wait)) {
      if (run.givesWay(message)) {
        return Offer.SKIP;
      }
      return run.maySend() ? Offer.BUSY : Offer.REFUSED;
    }
    if (!run.maySend()) {
      parts.slots().giveBack(seat);
      return Offer.REFUSED;
    }
    if (!run.way().pacer().spend(message)) {
      // The minute for which its domain had room is over.
      parts.slots().giveBack(seat);
      run.skip(message);
      return Offer.SKIP;
    }
    boolean resent = run.state().resendsDoubtful();
    parts.flights().begin(new Flight(run.lane(), message, resent, call, run.backend(), seat));
    run.forget(messageId);
    return Offer.GRANTED;
  }

  /** Waits in short steps, so that a backend that is to go is not held up by a full window. */
  private boolean take(Seat seat, Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (true) {
      long left = end - System.nanoTime();
      Duration step = Duration.ofNanos(Math.min(left, STEP.toNanos()));
      if (parts.slots().take(seat, step)) {
        return true;
      }
      if (left <= STEP.toNanos() || !run.maySend() || !seat.urgent() && run.urgentWaits()) {
        return false;
      }
    }
  }

  @Override
  public void report(Outcome outcome) {
    Flight flight = parts.flights().answer(outcome);
    if (flight != null) {
      run.way().pacer().told(outcome.recipients().get(0), Duration.ofNanos(flight.age()));
    }
  }
}
