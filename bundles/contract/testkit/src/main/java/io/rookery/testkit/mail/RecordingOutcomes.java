// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * The platform's side of a send call: answers offers as the test says, out of a number of slots,
 * notes every outcome and every break of the rules. Thread-safe.
 */
public final class RecordingOutcomes implements OutcomeSink {

  private final Function<UUID, Offer> answers;
  private final Map<UUID, Outcome> outcomes = new LinkedHashMap<>();
  private final Set<UUID> granted = new LinkedHashSet<>();
  private final Map<UUID, Thread> outstanding = new HashMap<>();
  private final List<String> violations = new ArrayList<>();
  private final List<Duration> waits = new ArrayList<>();
  private int freeSlots;

  /** Grants everything, with as many slots as a node has. */
  public RecordingOutcomes() {
    this(64);
  }

  /** Grants everything out of a number of slots; a slot is free again when its outcome is told. */
  public RecordingOutcomes(int slots) {
    this(slots, id -> Offer.GRANTED);
  }

  /** Answers by a function; what it grants still needs a free slot. */
  public RecordingOutcomes(int slots, Function<UUID, Offer> answers) {
    this.freeSlots = slots;
    this.answers = answers;
  }

  @Override
  public synchronized Offer offer(UUID messageId, Duration wait) throws InterruptedException {
    waits.add(wait);
    if (!wait.isZero() && outstanding.containsValue(Thread.currentThread())) {
      violations.add("Waited for a slot with an outcome outstanding");
    }
    Offer answer = answers.apply(messageId);
    if (answer != Offer.GRANTED) {
      return answer;
    }
    if (!takeSlot(wait)) {
      return Offer.BUSY;
    }
    if (!granted.add(messageId)) {
      violations.add("Offered again after it was granted: " + messageId);
    }
    outstanding.put(messageId, Thread.currentThread());
    return Offer.GRANTED;
  }

  private boolean takeSlot(Duration wait) throws InterruptedException {
    long end = System.nanoTime() + wait.toNanos();
    while (freeSlots == 0) {
      long left = end - System.nanoTime();
      if (left <= 0) {
        return false;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
    freeSlots--;
    return true;
  }

  @Override
  public synchronized void report(Outcome outcome) {
    if (outstanding.remove(outcome.messageId()) == null) {
      violations.add("Told an outcome that was not asked for, or twice: " + outcome.messageId());
      return;
    }
    outcomes.put(outcome.messageId(), outcome);
    freeSlots++;
    notifyAll();
  }

  /** Returns all outcomes in the order in which they were told. */
  public synchronized List<Outcome> outcomes() {
    return List.copyOf(outcomes.values());
  }

  /** Returns a message's outcome, or empty while there is none. */
  public synchronized Optional<Outcome> outcome(UUID messageId) {
    return Optional.ofNullable(outcomes.get(messageId));
  }

  /** Returns the outcome for a message's first recipient; fails where there is none. */
  public RecipientOutcome first(UUID messageId) {
    return outcome(messageId).orElseThrow().recipients().get(0);
  }

  /** Returns what became of the first recipient of each message, in the order of the outcomes. */
  public List<Status> statuses() {
    return outcomes().stream().map(outcome -> outcome.recipients().get(0).status()).toList();
  }

  /** Returns the messages that were granted, in order. */
  public synchronized Set<UUID> granted() {
    return new LinkedHashSet<>(granted);
  }

  /** Returns the granted messages whose outcome was not told yet. */
  public synchronized Set<UUID> outstanding() {
    return Set.copyOf(outstanding.keySet());
  }

  /** Returns how long each offer was ready to wait. */
  public synchronized List<Duration> waits() {
    return List.copyOf(waits);
  }

  /** Returns which rules were broken, as sentences; empty where none were. */
  public synchronized List<String> violations() {
    return List.copyOf(violations);
  }
}
