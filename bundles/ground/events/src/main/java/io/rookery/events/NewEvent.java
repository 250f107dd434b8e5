// SPDX-License-Identifier: Apache-2.0
package io.rookery.events;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * A fact to append.
 *
 * @param type what happened, {@code area.past_tense} such as {@code message.accepted}
 * @param subjectId the id of what it happened to
 * @param subjectVersion rises with each event of a subject; 0 where a subject has one event of a
 *     type
 * @param occurredAt when it happened by business time
 * @param data ids, codes, numbers and flags by name; values are String, Number, Boolean or UUID,
 *     and never personal data
 */
public record NewEvent(
    String type, UUID subjectId, long subjectVersion, Instant occurredAt, Map<String, ?> data) {

  private static final Pattern TYPE = Pattern.compile("[a-z_]+(\\.[a-z_]+)+");

  /** Checks the type's form and copies the data. */
  public NewEvent {
    if (type == null || !TYPE.matcher(type).matches()) {
      throw new IllegalArgumentException("Not an event type: " + type);
    }
    Objects.requireNonNull(subjectId, "subjectId");
    Objects.requireNonNull(occurredAt, "occurredAt");
    data = Map.copyOf(data);
  }

  /** Makes an event for a subject that has one event of the type. */
  public static NewEvent of(String type, UUID subjectId, Instant occurredAt, Map<String, ?> data) {
    return new NewEvent(type, subjectId, 0, occurredAt, data);
  }
}
