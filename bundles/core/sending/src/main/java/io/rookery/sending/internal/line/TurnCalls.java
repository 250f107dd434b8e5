// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.Tx;
import io.rookery.spi.mail.Account;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.BackendException.Kind;
import java.sql.SQLException;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls of one turn into its mail backend, and what they came to. Thread-safe. */
final class TurnCalls {

  private static final Logger LOG = LoggerFactory.getLogger(TurnCalls.class);

  private final LaneRun run;
  private final LaneParts parts;
  private volatile BackendException failure;
  private volatile BackendException told;
  private volatile boolean worked;

  TurnCalls(LaneRun run, LaneParts parts) {
    this.run = run;
    this.parts = parts;
  }

  /** Does one call; returns when it has ended, however it did. */
  void send(Account account, BackendCall call) {
    BackendHandle backend = run.backend();
    try {
      backend.backend().send(account, run.feed().messages(call), new LaneSink(run, parts, call));
      if (call.worked()) {
        backend.tally().call(true);
      }
    } catch (BackendException e) {
      told = e;
      run.way().failed(e);
      failed(e, e.kind() != Kind.THROTTLED);
    } catch (InterruptedException e) {
      run.stop();
    } catch (RuntimeException | Error e) {
      LOG.error("Mail backend {} failed in lane {}", backendName(), run.lane().laneId(), e);
      String what = "The mail backend failed by " + e.getClass().getName() + ", see the log";
      failed(new BackendException(Kind.CONNECTION, what, null, e), true);
    } finally {
      worked |= call.worked();
      parts.largeMails().give();
      parts.flights().abandon(call.unanswered());
    }
  }

  private void failed(BackendException e, boolean counts) {
    failure = e;
    run.backend().problem(e.getMessage());
    if (counts) {
      run.backend().tally().call(false);
    }
  }

  /** Goes on without calls that do not come back. */
  void leave(Set<BackendCall> left) {
    if (left.isEmpty()) {
      return;
    }
    run.stop();
    // A call that waits for a final reply is slow; one that has nothing out hangs.
    long hung = left.stream().filter(call -> call.unanswered().isEmpty()).count();
    LOG.warn(
        "{} calls of lane {} do not come back from mail backend {}",
        left.size(),
        run.lane().laneId(),
        backendName());
    if (hung > 0) {
      String what = hung + " calls hang inside the mail backend " + backendName();
      run.backend().problem(what);
      BackendException silent = new BackendException(Kind.CONNECTION, what, null, null);
      for (BackendCall call : left) {
        run.backend().tally().call(false);
        if (!call.worked()) {
          run.way().failed(silent);
        }
      }
      failure = silent;
    }
  }

  /** Returns the backend's name and version, for people. */
  String backendName() {
    return run.backend().name() + " " + run.backend().version();
  }

  /** Returns what a call failed by last, or null. */
  BackendException failure() {
    return failure;
  }

  /** Returns in what way a call failed last, or null. */
  Kind failureKind() {
    return failure == null ? null : failure.kind();
  }

  /**
   * Tells the mailbox whether its own server let it in: what was sent shows that it did; of a
   * backend that is going nothing is said, nor that a server is away for which another stands in.
   */
  void tellAccess(Tx tx) throws SQLException {
    BackendHandle backend = run.backend();
    if (backend == null || !run.way().isOwn()) {
      return;
    }
    AccessFailures failures = new AccessFailures(parts.mailboxes());
    if (worked) {
      failures.worked(tx, run.lane().laneId());
    } else if (told != null
        && !backend.draining()
        && !(told.kind() == Kind.CONNECTION && run.way().detoured())) {
      failures.failed(tx, run.lane().laneId(), told.kind(), parts.clock().instant());
    }
  }
}
