// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.api.secrets.CredentialTopics;
import io.rookery.kernel.RookeryException;
import io.rookery.persistence.Epochs;
import io.rookery.spi.mail.Account;
import java.time.Duration;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Knows since which epoch each account's connections are open, and closes them once its mailbox's
 * or its tenant's credentials are not to be used any more, wherever that was decided. Thread-safe.
 */
final class CredentialWatch {

  private static final Logger LOG = LoggerFactory.getLogger(CredentialWatch.class);

  /** What no turn worked with for so long is forgotten, and closed should it still be open. */
  private static final Duration UNUSED = Duration.ofMinutes(30);

  /** A call that was signing in when its turn was ended gives its connection back after that. */
  private static final int LATECOMERS = 5;

  private final Epochs epochs;
  private final Map<Opened, Use> uses = new ConcurrentHashMap<>();

  CredentialWatch(Epochs epochs) {
    this.epochs = epochs;
  }

  /** Whose connections a backend keeps. */
  private record Opened(LaneKey lane, UUID account, BackendHandle backend) {}

  /** Since which epoch they are open, when they were used last, and how often they are closed. */
  private record Use(long epoch, long at, int closings) {}

  /**
   * Returns a number that rises with every change of a lane's credentials; to be asked for before
   * they are read, never in a transaction.
   *
   * @throws RookeryException {@code unavailable} where this node cannot know it
   */
  long current(LaneKey lane) {
    UUID tenant = lane.tenantId();
    return epochs.current(tenant, CredentialTopics.ALL)
        + epochs.current(tenant, CredentialTopics.mailbox(lane.laneId()));
  }

  /**
   * Returns whether what was read at an epoch must not be used any more; never in a transaction.
   */
  boolean outdated(LaneKey lane, long epoch) {
    try {
      return current(lane) != epoch;
    } catch (RookeryException e) {
      LOG.debug(
          "Nobody knows whether credentials of lane {} hold: {}", lane.laneId(), e.toString());
      return true;
    }
  }

  /**
   * Notes that a turn works with an account whose credentials were read at an epoch; returns the
   * account as its backend is to see it: connections of an earlier epoch are not for it.
   */
  Account use(LaneKey lane, BackendHandle backend, Account account, long epoch) {
    Use before =
        uses.put(
            new Opened(lane, account.id(), backend), new Use(epoch, System.nanoTime(), LATECOMERS));
    if (before != null && before.epoch() != epoch) {
      backend.backend().release(account.id());
    }
    return new Account(
        account.tenantId(),
        account.id(),
        account.address(),
        account.settings(),
        account.credentials(),
        account.epoch() + epoch);
  }

  /** Closes what is not to be used any more; to be called each second. */
  void look() {
    uses.forEach(
        (opened, use) -> {
          if (outdated(opened.lane(), use.epoch())) {
            close(opened, use);
          } else if (System.nanoTime() - use.at() > UNUSED.toNanos()) {
            close(opened, new Use(use.epoch(), use.at(), 1));
          }
        });
  }

  private void close(Opened opened, Use use) {
    Use next = new Use(use.epoch(), use.at(), use.closings() - 1);
    // Another turn may have begun in between, with what is right now.
    boolean same = next.closings() > 0 ? uses.replace(opened, use, next) : uses.remove(opened, use);
    if (same) {
      opened.backend().backend().release(opened.account());
    }
  }
}
