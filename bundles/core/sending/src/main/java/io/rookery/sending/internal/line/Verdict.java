// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.events.NewEvent;
import io.rookery.sending.internal.store.OutcomeStore;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.Reply;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What is made of a message's outcome.
 *
 * @param state the message's next state
 * @param again when it is tried again, or null where it is not
 * @param type the event that tells of it
 * @param late whether the message was parked before
 */
record Verdict(String state, Instant again, String type, boolean late, Instant now) {

  private static final int LONGEST_TEXT = 500;
  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  /**
   * Judges an outcome. A doubtful message is tried again only where its answer was lost with the
   * connection and its mailbox says so; one that was parked never is, as its answer may still come.
   */
  static Verdict of(Flight flight, Status status, Reply reply, boolean late, Instant now) {
    ClaimedMessage message = flight.message();
    boolean lost = status == Status.IN_DOUBT && !late && !flight.awaited() && flight.resent();
    if (status == Status.ACCEPTED) {
      return new Verdict("accepted", null, "message.accepted", late, now);
    }
    if (status == Status.REJECTED) {
      return new Verdict("failed", null, "message.bounced", late, now);
    }
    if (status == Status.IN_DOUBT && !lost) {
      return new Verdict("in_doubt", null, "message.in_doubt", late, now);
    }
    Instant again =
        reply.code() == 0
            ? RetryPolicy.soon(now, message.attempts(), message.expiresAt())
            : RetryPolicy.next(now, message.attempts(), message.expiresAt());
    if (again != null) {
      return new Verdict("due", again, "message.deferred", late, now);
    }
    return lost
        ? new Verdict("in_doubt", null, "message.in_doubt", late, now)
        : new Verdict("failed", null, "message.failed", late, now);
  }

  OutcomeStore.Row row(Flight flight, Reply reply, String remoteId) {
    return new OutcomeStore.Row(
        flight.id(),
        state,
        flight.message().attempts(),
        again,
        reply.code(),
        plain(reply.enhancedCode()),
        plain(reply.text()),
        plain(remoteId),
        now,
        late);
  }

  /** A foreign server's words may hold anything; a NUL would be refused by the database. */
  private static String plain(String words) {
    if (words == null) {
      return null;
    }
    String clean = CONTROLS.matcher(words).replaceAll(" ").strip();
    return clean.length() > LONGEST_TEXT ? clean.substring(0, LONGEST_TEXT) : clean;
  }

  NewEvent event(Flight flight, Reply reply) {
    ClaimedMessage message = flight.message();
    Map<String, Object> data = new HashMap<>();
    if (!message.single()) {
      data.put("campaign_id", message.campaignId());
    }
    data.put("code", reply.code());
    if (message.contactId() != null) {
      data.put("contact_id", message.contactId());
    }
    data.put("stage", reply.stage().name().toLowerCase(Locale.ROOT));
    if (reply.enhancedCode() != null) {
      data.put("enhanced_code", plain(reply.enhancedCode()));
    }
    long version = 2L * message.attempts() + (late ? 2 : 1);
    return new NewEvent(type, message.id(), version, now, data);
  }
}
