// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.api.mailboxes.MailboxService;
import io.rookery.api.mailboxes.PauseCause;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.store.AccessStore;
import io.rookery.sending.internal.store.AccessStore.Memory;
import io.rookery.spi.mail.BackendException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Pauses a mailbox whose server could not be reached, or refused the sign-in, three times in an
 * hour. Turns come within seconds after a failure, and a server that is started again must not cost
 * its mailboxes an hour: a failure counts only five minutes or more after the one before. After a
 * pause the first failure pauses again, until the server works once. Stateless; thread-safe.
 */
final class AccessFailures {

  static final Duration APART = Duration.ofMinutes(5);
  static final Duration WITHIN = Duration.ofHours(1);
  static final int TOO_MANY = 3;

  private final MailboxService mailboxes;
  private final AccessStore store = new AccessStore();

  AccessFailures(MailboxService mailboxes) {
    this.mailboxes = mailboxes;
  }

  /** Notes that a message could be offered to the server. */
  void worked(Tx tx, UUID laneId) throws SQLException {
    store.forget(tx, laneId);
  }

  /** Notes that a turn ended with nothing sent and what its backend said. */
  void failed(Tx tx, UUID laneId, BackendException.Kind kind, Instant now) throws SQLException {
    PauseCause cause = cause(kind);
    if (cause == null) {
      return;
    }
    Memory memory = store.lock(tx, laneId);
    List<Instant> failures = new ArrayList<>(memory.failures());
    failures.removeIf(failure -> !failure.isAfter(now.minus(WITHIN)));
    if (!failures.isEmpty() && now.isBefore(failures.get(failures.size() - 1).plus(APART))) {
      return;
    }
    failures.add(now);
    if (failures.size() < TOO_MANY && memory.pauses() == 0) {
      store.remember(tx, laneId, new Memory(failures, 0));
      return;
    }
    AutomaticPause why = AutomaticPause.access(cause, failures.size(), memory.pauses());
    boolean paused = mailboxes.pauseAutomatically(tx, laneId, why).isPresent();
    // The last failure stays, so that turns that end at the same time do not count for themselves.
    store.remember(tx, laneId, new Memory(List.of(now), memory.pauses() + (paused ? 1 : 0)));
  }

  private static PauseCause cause(BackendException.Kind kind) {
    return switch (kind) {
      case CONNECTION -> PauseCause.CONNECTION;
      case AUTHENTICATION -> PauseCause.AUTHENTICATION;
      default -> null;
    };
  }
}
