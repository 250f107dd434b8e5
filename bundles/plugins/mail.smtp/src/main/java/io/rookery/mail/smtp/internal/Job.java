// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Outcome;
import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.OutcomeSink;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.util.ArrayList;
import java.util.List;

/**
 * A granted message on its way through one connection: gathers what becomes of it for each
 * recipient and reports once. Used by one thread.
 */
final class Job {

  private final RawMessage message;
  private final RecipientOutcome[] outcomes;
  private final OutcomeSink sink;
  private List<Integer> open = new ArrayList<>();
  private boolean contentEnded;
  private boolean reported;

  /** Begins a job for a message that has just been granted. */
  Job(RawMessage message, OutcomeSink sink) {
    this.message = message;
    this.sink = sink;
    this.outcomes = new RecipientOutcome[message.recipients().size()];
    for (int i = 0; i < outcomes.length; i++) {
      open.add(i);
    }
  }

  RawMessage message() {
    return message;
  }

  /** Returns the addresses that have no outcome yet, in the message's order. */
  List<String> recipients() {
    return open.stream().map(message.recipients()::get).toList();
  }

  /** Settles one of the open recipients, by its place among them; the others keep theirs. */
  void settle(List<Refusal> refusals) {
    List<Integer> left = new ArrayList<>(open);
    for (Refusal refusal : refusals) {
      int index = open.get(refusal.place());
      set(index, refusal.status(), refusal.reply());
      left.remove((Integer) index);
    }
    open = left;
  }

  /** Settles all that are open and reports. */
  void finish(Status status, Reply reply) {
    open.forEach(index -> set(index, status, reply));
    open = List.of();
    report();
  }

  private void set(int index, Status status, Reply reply) {
    outcomes[index] = new RecipientOutcome(message.recipients().get(index), status, reply);
  }

  /** Reports where every recipient is settled; returns whether that is so. */
  boolean report() {
    if (!open.isEmpty()) {
      return false;
    }
    if (!reported) {
      reported = true;
      sink.report(new Outcome(message.id(), List.of(outcomes), null));
    }
    return true;
  }

  /** Notes that the end of the content is being written: from here on it may arrive. */
  void endContent() {
    contentEnded = true;
  }

  /**
   * Settles what is open after the connection failed. Without the final dot the server cannot have
   * taken the message (RFC 5321 §4.1.1.4), so it may be sent again; from the write on that held the
   * dot nobody can tell, not even when that write failed, for a part of it may have gone out.
   */
  void lose(String why) {
    Status status = contentEnded ? Status.IN_DOUBT : Status.DEFERRED;
    Stage stage = contentEnded ? Stage.CONTENT : Stage.DATA;
    finish(status, new Reply(stage, 0, null, why));
  }

  /** A recipient that was refused, by its place among those that were open. */
  record Refusal(int place, Status status, Reply reply) {}
}
