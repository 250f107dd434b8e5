// SPDX-License-Identifier: Apache-2.0
package io.rookery.events;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;

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

  /** Checks the type's form and copies the data. */
  public NewEvent {
    if (type == null || !isType(type)) {
      throw new IllegalArgumentException("Not an event type: " + type);
    }
    Objects.requireNonNull(subjectId, "subjectId");
    Objects.requireNonNull(occurredAt, "occurredAt");
    data = Map.copyOf(data);
  }

  /** Lower-case words that are joined by at least one dot; a loop, as each message has an event. */
  private static boolean isType(String type) {
    boolean dotted = false;
    boolean word = false;
    for (int i = 0; i < type.length(); i++) {
      char c = type.charAt(i);
      if (c == '.' && !word || c != '.' && c != '_' && (c < 'a' || c > 'z')) {
        return false;
      }
      dotted |= c == '.';
      word = c != '.';
    }
    return dotted && word;
  }

  /** Makes an event for a subject that has one event of the type. */
  public static NewEvent of(String type, UUID subjectId, Instant occurredAt, Map<String, ?> data) {
    return new NewEvent(type, subjectId, 0, occurredAt, data);
  }
}
