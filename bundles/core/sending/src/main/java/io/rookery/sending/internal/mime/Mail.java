// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import java.time.Instant;
import java.util.List;
import java.util.Map;
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
 * @param extras further headers, inline parts and attachments
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
    String text,
    Extras extras) {

  /** What most mails go without. */
  public static final Extras NO_EXTRAS = new Extras(Map.of(), List.of());

  /**
   * What only some mails have.
   *
   * @param headers further header fields by name, in order; the values fit their fields as they are
   * @param files what is sent along, inline parts and attachments
   */
  public record Extras(Map<String, String> headers, List<File> files) {

    /** Copies the files. */
    public Extras {
      files = List.copyOf(files);
    }
  }

  /**
   * A file that is sent along.
   *
   * @param name its name for people, or null
   * @param contentType its media type without parameters
   * @param contentId by what the HTML part refers to it (RFC 2392), or null for an attachment
   * @param content its octets; not copied, so nobody changes them any more
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and compared by nobody
  public record File(String name, String contentType, String contentId, byte[] content) {}

  /** Makes a mail without extras. */
  public Mail(
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
    this(
        id,
        host,
        from,
        fromName,
        to,
        replyTo,
        subject,
        date,
        unsubscribeUri,
        listId,
        feedbackId,
        html,
        text,
        NO_EXTRAS);
  }

  /** Checks what every mail needs. */
  public Mail {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(host, "host");
    Objects.requireNonNull(from, "from");
    Objects.requireNonNull(to, "to");
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(date, "date");
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(extras, "extras");
  }

  /** Returns the Message-ID (RFC 5322 §3.6.4) of a message; the same at every try. */
  public static String messageId(UUID id, String host) {
    return "<" + id.toString().replace("-", "") + "@" + host + ">";
  }
}
