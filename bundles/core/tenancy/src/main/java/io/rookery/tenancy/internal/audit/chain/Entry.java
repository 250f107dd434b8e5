// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.chain;

import io.rookery.api.audit.AuditEntry;
import io.rookery.api.audit.AuditEntry.Outcome;
import io.rookery.events.Event;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;

/**
 * An entry as a row of the chain.
 *
 * @param content what it says
 * @param source from where
 * @param link how it is chained
 */
public record Entry(UUID tenantId, long seq, Content content, Source source, Link link) {

  /** What the first entry of a chain follows. */
  static final byte[] NOTHING = new byte[32];

  /** What an entry says; the data is JSON. */
  public record Content(
      UUID eventId,
      String type,
      UUID subjectId,
      long subjectVersion,
      Instant occurredAt,
      Instant recordedAt,
      String actor,
      String requestId,
      Outcome outcome,
      String data) {

    /** Returns what is said of an event. */
    static Content of(Event event, Instant now) {
      return new Content(
          event.id(),
          event.type(),
          event.subjectId(),
          event.subjectVersion(),
          event.occurredAt(),
          now,
          event.actor(),
          event.requestId(),
          Outcomes.of(event.type()),
          FlatJson.write(event.data()));
    }
  }

  /** What holds the chain together: the hash of the entry before and that of this one. */
  public record Link(byte[] previous, byte[] hash) {}

  /** Returns the entry of a number that follows the entry with a hash. */
  public static Entry following(
      UUID tenantId, long seq, byte[] previous, Content content, Source source) {
    Entry open = new Entry(tenantId, seq, content, source, new Link(previous, null));
    return new Entry(tenantId, seq, content, source, new Link(previous, open.hashAt(seq)));
  }

  /** Returns the hash that this entry would have as the one of a number. */
  byte[] hashAt(long number) {
    return new Canonical("rookery audit entry 1")
        .id(tenantId)
        .number(number)
        .id(content.eventId())
        .text(content.type())
        .id(content.subjectId())
        .number(content.subjectVersion())
        .moment(content.occurredAt())
        .moment(content.recordedAt())
        .text(content.actor())
        .text(content.requestId())
        .text(word(content.outcome()))
        .text(content.data())
        .bytes(source.digest())
        .bytes(link.previous())
        .sha256();
  }

  /** Returns whether the entry says, at its place, what it said when it was chained. */
  public boolean holds() {
    return holdsAt(seq) && source.holds();
  }

  /** Returns whether the entry is the one that was chained as a number. */
  public boolean holdsAt(long number) {
    return Arrays.equals(link.hash(), hashAt(number));
  }

  static String word(Outcome outcome) {
    return outcome.name().toLowerCase(Locale.ROOT);
  }

  /** Returns the entry as the API shows it. */
  public AuditEntry toRecord() {
    return new AuditEntry(
        seq,
        content.eventId(),
        content.type(),
        content.subjectId(),
        content.subjectVersion(),
        content.occurredAt(),
        content.recordedAt(),
        content.actor(),
        content.requestId(),
        source.text(),
        content.outcome(),
        content.data(),
        HexFormat.of().formatHex(link.hash()));
  }
}
