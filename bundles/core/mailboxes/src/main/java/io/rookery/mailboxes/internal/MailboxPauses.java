// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.api.mailboxes.AutomaticPause;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Tx;
import io.rookery.mailboxes.internal.pause.PauseStore;
import io.rookery.mailboxes.internal.pause.Pausing;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Pauses mailboxes for what was counted and lets them send again in time. Thread-safe. */
final class MailboxPauses {

  private static final Logger LOG = LoggerFactory.getLogger(MailboxPauses.class);

  private final EventLog events;
  private final Clock clock;
  private final MailboxStore store = new MailboxStore();
  private final PauseStore scopes = new PauseStore();

  MailboxPauses(EventLog events, Clock clock) {
    this.events = events;
    this.clock = clock;
  }

  /** Pauses a mailbox; returns until when, or empty where that changes nothing. */
  Optional<Instant> pause(Tx tx, UUID id, AutomaticPause why) {
    try {
      MailboxRow row = store.find(tx, id, true).orElse(null);
      Pausing begun = row == null ? null : row.pausing().begun(why, now());
      if (row == null || begun.equals(row.pausing())) {
        return Optional.empty();
      }
      MailboxRow paused = row.with(begun);
      store.update(tx, paused);
      NewEvent event = event(paused, "mailbox.paused", now());
      events.append(tx, withCounts(event, why));
      LOG.warn("Mailbox {} is paused until {}: {}", id, begun.until(), begun.reason());
      return Optional.of(begun.until());
    } catch (SQLException e) {
      throw RookeryException.unavailable("The mailbox could not be paused", MailboxErrors.WAIT, e);
    }
  }

  private static NewEvent withCounts(NewEvent event, AutomaticPause why) {
    Map<String, Object> data = new HashMap<>(event.data());
    data.put("sent", why.sent());
    data.put("counted", why.counted());
    return new NewEvent(
        event.type(), event.subjectId(), event.subjectVersion(), event.occurredAt(), data);
  }

  /** Returns an event about a mailbox, which tells what pauses it. */
  static NewEvent event(MailboxRow row, String type, Instant now) {
    Map<String, Object> data = new HashMap<>();
    data.put("backend", row.backend());
    if (row.pausing().paused()) {
      data.put("cause", row.pausing().cause().name().toLowerCase(Locale.ROOT));
    }
    if (row.pausing().until() != null) {
      data.put("until", row.pausing().until().toString());
    }
    return new NewEvent(type, row.id(), row.version(), now, data);
  }

  /** Lets the mailboxes send again whose pause is over; returns how many there were. */
  int returnDue(Tx tx) throws SQLException {
    List<MailboxRow> due = store.returning(tx, now());
    for (MailboxRow row : due) {
      MailboxRow back = row.resumed(holding(tx, row), now());
      store.update(tx, back);
      events.append(tx, event(back, "mailbox.resumed", now()));
      LOG.info("Mailbox {} sends again after its pause", row.id());
    }
    return due.size();
  }

  /** Returns the pauses of a mailbox's domain and its tenant; for a mailbox that is held. */
  List<Pausing> holding(Tx tx, MailboxRow row) throws SQLException {
    return scopes.holding(tx, row.domain());
  }

  /**
   * Has the ramps of a domain's mailboxes, or of all where it is empty, go on after a pause that
   * held them; what is ended must be written already.
   */
  void restartRamps(Tx tx, String domain, Pausing ended) throws SQLException {
    List<MailboxRow> held = store.ramping(tx, domain);
    // Read once the mailboxes are held: of two pauses that end at once the later sees the other's.
    List<PauseStore.Row> holding = scopes.holding(tx);
    for (MailboxRow row : held) {
      List<Pausing> covering =
          holding.stream()
              .filter(it -> it.covers(row.domain()))
              .map(PauseStore.Row::pausing)
              .toList();
      MailboxRow changed = row.released(ended, covering, now());
      if (!changed.equals(row)) {
        store.update(tx, changed);
        events.append(tx, event(changed, "mailbox.updated", now()));
      }
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
