// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.sending.internal.line.Flight.Answer;
import io.rookery.sending.internal.rates.RateMeter;
import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.Reply;
import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
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
  private final RateMeter meter;
  private final Clock clock;
  private final Duration patience;
  private final Map<UUID, Flight> open = new ConcurrentHashMap<>();
  private final Map<Status, AtomicLong> counts = new EnumMap<>(Status.class);

  Flights(Slots slots, Recorder recorder, RateMeter meter, Clock clock, Duration patience) {
    this.slots = slots;
    this.recorder = recorder;
    this.meter = meter;
    this.clock = clock;
    this.patience = patience;
    for (Status status : Status.values()) {
      counts.put(status, new AtomicLong());
    }
  }

  /** Notes that a message was granted; its slot has been taken. */
  void begin(Flight flight) {
    open.put(flight.id(), flight);
    recorder.expect(flight.lane().tenantId());
    flight.call().granted(flight.id());
  }

  /** Returns the messages of a lane that are given away and not recorded. */
  Set<UUID> of(LaneKey lane) {
    return open.values().stream()
        .filter(flight -> flight.lane().equals(lane) && flight.unrecorded())
        .map(Flight::id)
        .collect(Collectors.toSet());
  }

  /** Returns how many messages of each lane are given away and not recorded. */
  Map<LaneKey, Integer> inFlight() {
    Map<LaneKey, Integer> counts = new HashMap<>();
    for (Flight flight : open.values()) {
      if (flight.unrecorded()) {
        counts.merge(flight.lane(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /** Returns how many outcomes of a kind came since the start. */
  long count(Status status) {
    return counts.get(status).get();
  }

  /** Takes the answer for a message; returns its flight, or null where none waits for it. */
  Flight answer(Outcome outcome) {
    Flight flight = open.get(outcome.messageId());
    if (flight == null) {
      LOG.error(
          "A backend told the outcome of message {} that it was not granted, or told it twice",
          outcome.messageId());
      return null;
    }
    RecipientOutcome told = outcome.recipients().get(0);
    Answer answer = flight.answer();
    flight.call().answered(flight.id());
    if (answer == Answer.REPEATED) {
      LOG.error("A backend told the outcome of message {} twice", outcome.messageId());
      return null;
    }
    if (answer == Answer.IN_TIME) {
      slots.landed(flight.seat(), told.reply().code() == 0 ? 0 : flight.age());
    }
    if (told.status() != Status.IN_DOUBT) {
      slots.slow(flight.lane().laneId(), false);
    }
    tally(flight, told);
    record(flight, told.status(), told.reply(), outcome.remoteId(), answer == Answer.LATE);
    return flight;
  }

  private void tally(Flight flight, RecipientOutcome told) {
    counts.get(told.status()).incrementAndGet();
    flight.backend().tally().message(course(told));
    if (told.status() == Status.DEFERRED) {
      flight.backend().deferred(flight.lane(), flight.id());
    }
  }

  private static Tally.Course course(RecipientOutcome told) {
    if (told.status() == Status.ACCEPTED) {
      return Tally.Course.WELL;
    }
    return told.reply().stage() == Reply.Stage.RECIPIENT
        ? Tally.Course.REFUSED
        : Tally.Course.FAILED;
  }

  /** Parks every flight whose answer has been out for too long. */
  void park() {
    long now = System.nanoTime();
    for (Flight flight : open.values()) {
      if (flight.park(now, patience.toNanos())) {
        slots.slow(flight.lane().laneId(), true);
        slots.landed(flight.seat(), flight.age());
        record(flight, Status.IN_DOUBT, nothing("The final answer has not come yet"), null, false);
      }
    }
  }

  /**
   * Settles flights whose call came back without having answered for them, which a backend must not
   * do: nobody knows what became of them.
   */
  void abandon(Collection<UUID> messageIds) {
    for (UUID id : messageIds) {
      Flight flight = open.get(id);
      if (flight == null) {
        continue;
      }
      Answer answer = flight.answer();
      if (answer == Answer.REPEATED) {
        continue;
      }
      LOG.error("Backend {} told no outcome of message {}", flight.backend().name(), id);
      flight.backend().tally().message(Tally.Course.FAILED);
      counts.get(Status.IN_DOUBT).incrementAndGet();
      if (answer == Answer.LATE) {
        // It stands recorded as in doubt, and that is what it stays.
        open.remove(id, flight);
      } else {
        slots.landed(flight.seat(), 0);
        Reply reply = nothing("The mail backend did not say what became of it");
        record(flight, Status.IN_DOUBT, reply, null, false);
      }
    }
  }

  private static Reply nothing(String why) {
    return new Reply(Reply.Stage.CONTENT, 0, null, why);
  }

  private void record(Flight flight, Status status, Reply reply, String remoteId, boolean late) {
    Verdict verdict = Verdict.of(flight, status, reply, late, clock.instant());
    meter.count(flight.rateKey(), RateMeter.Kind.of(verdict.state()));
    boolean freesSlot = !late;
    recorder.add(
        new Recorder.Entry(
            flight.lane(),
            verdict.row(flight, reply, remoteId),
            verdict.event(flight, reply),
            () -> landed(flight, freesSlot)));
  }

  private void landed(Flight flight, boolean freesSlot) {
    if (freesSlot) {
      slots.free(flight.seat());
    }
    if (flight.awaited()) {
      flight.recordedInDoubt();
    } else {
      open.remove(flight.id(), flight);
    }
  }
}
