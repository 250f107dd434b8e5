// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.sending;

import io.rookery.api.campaigns.CampaignData.Category;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * A message to send. Nothing is checked here; {@link MessageService} says what is wrong.
 *
 * @param from the mailbox that it leaves from
 * @param to its one recipient
 * @param content what it says
 * @param fromName the name shown in From; null takes the mailbox's
 * @param replyTo the address for answers, or null
 * @param headers further header fields out of a short list, by name; null for none
 * @param category what it is; null for commercial
 * @param sendAt when it is due, at most 30 days ahead; null for now
 * @param attachments files that are sent along; null for none
 */
public record NewMessage(
    Sender from,
    Recipient to,
    Content content,
    String fromName,
    String replyTo,
    Map<String, String> headers,
    Category category,
    Instant sendAt,
    List<Attachment> attachments) {

  /** A mailbox of the tenant, by its id or its address; the other one is null. */
  public record Sender(UUID mailboxId, String address) {}

  /** An address, or a contact of the tenant by its id; the other one is null. */
  public record Recipient(String address, UUID contactId) {}

  /**
   * What a message says: subject with html, text or both, sent as they are written; or a template
   * of the tenant with the variables that it shows.
   */
  public record Content(
      String subject, String html, String text, UUID templateId, Map<String, Object> variables) {}

  /**
   * A file.
   *
   * @param fileName its name for people, or null for an inline part without one
   * @param contentType its media type without parameters; null for {@code application/octet-stream}
   * @param contentId by what the HTML refers to it, as {@code cid:logo}; null for an attachment
   * @param content its octets
   */
  @SuppressWarnings("ArrayRecordComponent") // large, and compared by nobody
  public record Attachment(String fileName, String contentType, String contentId, byte[] content) {}
}
