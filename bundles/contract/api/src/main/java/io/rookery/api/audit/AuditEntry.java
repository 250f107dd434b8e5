// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.audit;

import java.time.Instant;
import java.util.UUID;

/**
 * An entry of a tenant's audit log. It holds ids, codes and numbers; the source is the one thing in
 * it that may be personal data.
 *
 * @param seq its number in the tenant's chain, from 1, without gaps
 * @param eventId the event of the log that it was made from
 * @param type what happened, such as {@code api_key.created}
 * @param subjectId what it happened to
 * @param subjectVersion its order among the events of the subject
 * @param occurredAt when it happened by business time
 * @param recordedAt when it was put into the chain
 * @param actor who did it, as {@code kind:id}
 * @param requestId the request in which it happened
 * @param source from where: a network address, {@code shell}, {@code platform}, or null where it is
 *     not known or no longer kept
 * @param outcome what came of it
 * @param data ids, codes, numbers and flags by name, as a JSON object
 * @param hash SHA-256 over the entry and the hash before it, in hexadecimal
 */
public record AuditEntry(
    long seq,
    UUID eventId,
    String type,
    UUID subjectId,
    long subjectVersion,
    Instant occurredAt,
    Instant recordedAt,
    String actor,
    String requestId,
    String source,
    Outcome outcome,
    String data,
    String hash) {

  /** What came of it. */
  public enum Outcome {
    /** It was done. */
    DONE,
    /** It was not allowed. */
    REFUSED,
    /** It was tried and went wrong. */
    FAILED
  }
}
