// SPDX-License-Identifier: Apache-2.0
package io.rookery.events;

import java.time.Instant;
import java.util.Map;
import java.util.UUID;

/**
 * A fact as the log holds it.
 *
 * @param id its id, version 7, made when it was appended
 * @param tenantId whose it is
 * @param type what happened
 * @param subjectId what it happened to
 * @param subjectVersion its order among the events of the subject
 * @param occurredAt when it happened by business time
 * @param actor who did it, as {@code kind:id}
 * @param requestId the request in which it happened
 * @param data ids, codes, numbers and flags by name
 */
public record Event(
    UUID id,
    UUID tenantId,
    String type,
    UUID subjectId,
    long subjectVersion,
    Instant occurredAt,
    String actor,
    String requestId,
    Map<String, Object> data) {

  /** Copies the data. */
  public Event {
    data = Map.copyOf(data);
  }
}
