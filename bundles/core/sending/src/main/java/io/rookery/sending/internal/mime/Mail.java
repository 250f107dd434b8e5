// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A mail before it is written.
 *
 * @param id the message's id, from which Message-ID and boundary are made
 * @param host the domain of the Message-ID
 * @param from the sender's address
 * @param fromName the sender's name, or null
 * @param to the recipient's address as it goes on the wire
 * @param replyTo the address for answers, or null
 * @param subject the subject, free text
 * @param date the date, by business time
 * @param unsubscribeUri where one click unsubscribes (RFC 8058), or null for mail that has no list
 * @param listId the list's identifier (RFC 2919), or null
 * @param feedbackId the Feedback-ID, or null
 * @param html the HTML part, or null
 * @param text the plain text part
 */
public record Mail(
    UUID id,
    String host,
    String from,
    String fromName,
    String to,
    String replyTo,
    String subject,
    Instant date,
    String unsubscribeUri,
    String listId,
    String feedbackId,
    String html,
    String text) {

  /** Checks what every mail needs. */
  public Mail {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(text, "text");
  }

  /** Returns the Message-ID (RFC 5322 §3.6.4) of a message; the same at every try. */
  public static String messageId(UUID id, String host) {
    return "<" + id.toString().replace("-", "") + "@" + host + ">";
  }
}
