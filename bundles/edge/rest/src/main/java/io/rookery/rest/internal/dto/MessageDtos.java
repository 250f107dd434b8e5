// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.MessageService;
import io.rookery.api.sending.MessageService.Batch;
import io.rookery.api.sending.NewMessage;
import io.rookery.api.sending.NewMessage.Attachment;
import io.rookery.api.sending.NewMessage.Content;
import io.rookery.api.sending.NewMessage.Recipient;
import io.rookery.api.sending.NewMessage.Sender;
import io.rookery.rest.internal.dto.SendingDtos.MessageView;
import io.rookery.rest.internal.param.Checks;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is said of messages that are to be sent. */
public final class MessageDtos {

  private MessageDtos() {}

  /**
   * A message to send: from a mailbox by address or id, to an address or a contact, with subject
   * and html or text as they are written, or a template with its variables.
   */
  public record MessageRequest(
      @Schema(
              description = "The address of one of the tenant's mailboxes; or give mailbox_id",
              example = "orders@example.org")
          String from,
      UUID mailboxId,
      @Schema(
              description = "The recipient's address; or give contact_id",
              example = "ann@example.net")
          String to,
      UUID contactId,
      @Schema(maxLength = 1000, example = "Your order 4711") String subject,
      @Schema(description = "Sent as it is written", example = "<p>Thank you.</p>") String html,
      @Schema(description = "Derived from html where it is left out", example = "Thank you.")
          String text,
      UUID templateId,
      @Schema(description = "What the template shows; never parsed", example = "{\"order\": 4711}")
          Map<String, Object> variables,
      @Schema(maxLength = 200) String fromName,
      @Schema(maxLength = 254) String replyTo,
      @Schema(
              description =
                  "In-Reply-To, References, Auto-Submitted, Importance, X-Entity-Ref-ID or"
                      + " X-Auto-Response-Suppress",
              example = "{\"Auto-Submitted\": \"auto-generated\"}")
          Map<String, String> headers,
      @Schema(description = "Commercial where it is left out; transactional needs a permission")
          Category category,
      @Schema(description = "At most 30 days ahead; now where it is left out") Instant sendAt,
      List<AttachmentRequest> attachments) {

    /** Returns it for the service, which checks it. */
    public NewMessage toNew() {
      return new NewMessage(
          new Sender(mailboxId, from),
          new Recipient(to, contactId),
          new Content(subject, html, text, templateId, variables),
          fromName,
          replyTo,
          headers,
          category,
          sendAt,
          attachments == null
              ? null
              : attachments.stream().map(a -> a == null ? null : a.toNew()).toList());
    }
  }

  /** A file that is sent along; one with a content_id is shown where the HTML refers to it. */
  @SuppressWarnings("ArrayRecordComponent") // compared by nobody
  public record AttachmentRequest(
      @Schema(maxLength = 200, example = "invoice.pdf") String fileName,
      @Schema(
              description = "application/octet-stream where it is left out",
              example = "application/pdf")
          String contentType,
      @Schema(description = "For inline files: what cid: refers to", example = "logo")
          String contentId,
      @Schema(
              requiredMode = Schema.RequiredMode.REQUIRED,
              description = "In base64",
              example = "SGVsbG8=")
          byte[] content) {

    Attachment toNew() {
      return new Attachment(fileName, contentType, contentId, content);
    }
  }

  /** Messages to send, all or none. */
  public record BatchRequest(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<MessageRequest> messages) {

    /** Returns the messages for the service, checked to be there. */
    public List<NewMessage> checked() {
      new Checks().size("/messages", messages, 1, MessageService.LARGEST_BATCH).done();
      return messages.stream().map(MessageRequest::toNew).toList();
    }
  }

  /** The messages of a batch, in the order in which they were sent. */
  @Schema(name = "MessageBatch")
  public record BatchView(List<MessageView> messages) {

    /** Shows a batch. */
    public static BatchView of(Batch batch) {
      return new BatchView(batch.messages().stream().map(MessageView::of).toList());
    }
  }
}
