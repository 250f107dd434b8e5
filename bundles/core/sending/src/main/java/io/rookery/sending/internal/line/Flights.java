// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.events.NewEvent;
import io.rookery.sending.internal.store.OutcomeStore;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Every message that this node has given away and not yet recorded. A flight ends once its outcome
 * is recorded; one whose answer stays out is parked: recorded as in doubt, its slot freed, its
 * account slowed down. Thread-safe.
 */
final class Flights {

  private static final Logger LOG = LoggerFactory.getLogger(Flights.class);

  private final Slots slots;
  private final Recorder recorder;
  private final Clock clock;
  private final Duration patience;
  private final Map<UUID, Flight> open = new ConcurrentHashMap<>();
  private final Map<Status, AtomicLong> counts = new EnumMap<>(Status.class);

  Flights(Slots slots, Recorder recorder, Clock clock, Duration patience) {
    this.slots = slots;
    this.recorder = recorder;
    this.clock = clock;
    this.patience = patience;
    for (Status status : Status.values()) {
      counts.put(status, new AtomicLong());
    }
  }

  /** Notes that a message was granted; its slot has been taken. */
  void begin(LaneKey lane, ClaimedMessage message) {
    open.put(message.id(), new Flight(lane, message, System.nanoTime()));
  }

  /** Returns the messages of a lane that are given away and not recorded. */
  Set<UUID> of(LaneKey lane) {
    return open.values().stream()
        .filter(flight -> flight.lane().equals(lane))
        .map(Flight::id)
        .collect(Collectors.toSet());
  }

  /** Returns how many outcomes of a kind came since the start. */
  long count(Status status) {
    return counts.get(status).get();
  }

  /** Takes the answer for a message. */
  void answer(Outcome outcome) {
    Flight flight = open.get(outcome.messageId());
    if (flight == null) {
      LOG.error(
          "A backend told the outcome of message {} that it was not granted", outcome.messageId());
      return;
    }
    RecipientOutcome told = outcome.recipients().get(0);
    boolean holdsSlot = flight.answer();
    if (told.status() != Status.IN_DOUBT) {
      slots.slow(flight.lane().laneId(), false);
    }
    counts.get(told.status()).incrementAndGet();
    record(flight, told.status(), told.reply(), outcome.remoteId(), !holdsSlot);
  }

  /** Parks every flight whose answer has been out for too long. */
  void park() {
    long now = System.nanoTime();
    for (Flight flight : open.values()) {
      if (flight.park(now, patience.toNanos())) {
        slots.slow(flight.lane().laneId(), true);
        record(
            flight,
            Status.IN_DOUBT,
            new Reply(Reply.Stage.CONTENT, 0, null, "The final answer has not come yet"),
            null,
            false);
      }
    }
  }

  private void record(Flight flight, Status status, Reply reply, String remoteId, boolean late) {
    ClaimedMessage message = flight.message();
    Instant now = clock.instant();
    Instant again =
        status == Status.DEFERRED
            ? RetryPolicy.next(now, message.attempts(), message.expiresAt())
            : null;
    String state = state(status, again);
    OutcomeStore.Row row =
        new OutcomeStore.Row(
            message.id(),
            state,
            again,
            reply.code(),
            reply.enhancedCode(),
            reply.text(),
            remoteId,
            now,
            late);
    boolean freesSlot = !late;
    recorder.add(
        new Recorder.Entry(
            flight.lane(),
            message.campaignId(),
            row,
            event(message, status, again, reply, now, late),
            () -> landed(flight, status, freesSlot)));
  }

  private void landed(Flight flight, Status status, boolean freesSlot) {
    if (freesSlot) {
      slots.free(flight.lane().laneId());
    }
    if (status != Status.IN_DOUBT || !flight.awaited()) {
      open.remove(flight.id(), flight);
    }
  }

  private static String state(Status status, Instant again) {
    return switch (status) {
      case ACCEPTED -> "accepted";
      case IN_DOUBT -> "in_doubt";
      case REJECTED -> "failed";
      case DEFERRED -> again == null ? "failed" : "due";
    };
  }

  private static NewEvent event(
      ClaimedMessage message,
      Status status,
      Instant again,
      Reply reply,
      Instant now,
      boolean late) {
    String type =
        switch (status) {
          case ACCEPTED -> "message.accepted";
          case IN_DOUBT -> "message.in_doubt";
          case REJECTED -> "message.bounced";
          case DEFERRED -> again == null ? "message.failed" : "message.deferred";
        };
    Map<String, Object> data = new HashMap<>();
    data.put("campaign_id", message.campaignId());
    data.put("code", reply.code());
    if (message.contactId() != null) {
      data.put("contact_id", message.contactId());
    }
    if (reply.enhancedCode() != null) {
      data.put("enhanced_code", reply.enhancedCode());
    }
    long version = 2L * message.attempts() + (late ? 2 : 1);
    return new NewEvent(type, message.id(), version, now, data);
  }
}
