// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.dto;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.State;
import io.rookery.events.Event;
import io.rookery.jobs.Job;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.rest.internal.mime.ParsedMail;
import io.rookery.rest.internal.param.Checks;
import io.rookery.spi.mail.CaughtMail.Caught;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What is said of messages, events, jobs and caught mails. */
public final class SendingDtos {

  private SendingDtos() {}

  /** A message. */
  @Schema(name = "Message")
  public record MessageView(
      UUID id,
      UUID campaignId,
      UUID contactId,
      UUID mailboxId,
      Category category,
      Mode mode,
      State state,
      int attempts,
      Instant dueAt,
      int code,
      String enhancedCode,
      String detail,
      String messageIdHeader,
      Instant createdAt,
      Instant finishedAt)
      implements Identified {

    /** Shows a message. */
    public static MessageView of(Message m) {
      return new MessageView(
          m.id(),
          m.campaignId(),
          m.contactId(),
          m.mailboxId(),
          m.category(),
          m.mode(),
          m.state(),
          m.attempts(),
          m.dueAt(),
          m.code(),
          m.enhancedCode(),
          m.detail(),
          m.messageIdHeader(),
          m.createdAt(),
          m.finishedAt());
    }
  }

  /** Messages by id. */
  public record MessageIds(
      @Schema(requiredMode = Schema.RequiredMode.REQUIRED) List<UUID> messageIds) {

    /** Returns the ids, checked to be there. */
    public List<UUID> checked() {
      new Checks().size("/message_ids", messageIds, 1, 1000).done();
      return messageIds;
    }
  }

  /** How many dead letters are in the queue again. */
  public record RequeuedView(int requeued) {}

  /** A fact of the event log. */
  @Schema(name = "Event")
  public record EventView(
      UUID id,
      String type,
      UUID subjectId,
      long subjectVersion,
      Instant occurredAt,
      String actor,
      String requestId,
      Map<String, Object> data) {

    /** Shows an event. */
    public static EventView of(Event e) {
      return new EventView(
          e.id(),
          e.type(),
          e.subjectId(),
          e.subjectVersion(),
          e.occurredAt(),
          e.actor(),
          e.requestId(),
          e.data());
    }
  }

  /** A background job; the total is 0 while it is not known. */
  @Schema(name = "Job")
  public record JobView(
      UUID id,
      String kind,
      UUID subjectId,
      Job.State state,
      long done,
      long total,
      Map<String, Object> result,
      String error,
      Instant createdAt,
      Instant startedAt,
      Instant finishedAt)
      implements Identified {

    /** Shows a job. */
    public static JobView of(Job j) {
      return new JobView(
          j.id(),
          j.kind(),
          j.subjectId(),
          j.state(),
          j.done(),
          j.total(),
          j.result(),
          j.error(),
          j.createdAt(),
          j.startedAt(),
          j.finishedAt());
    }
  }

  /** A caught mail in a list. */
  @Schema(name = "SandboxMessage")
  public record CaughtView(
      UUID id,
      UUID messageId,
      Instant caughtAt,
      String envelopeSender,
      List<String> recipients,
      String subject,
      String from,
      String to,
      String date) {

    /** Shows a caught mail with what its header says. */
    public static CaughtView of(Caught c, ParsedMail mail) {
      return new CaughtView(
          c.id(),
          c.messageId(),
          c.caughtAt(),
          c.envelopeSender(),
          c.recipients(),
          mail.subject(),
          mail.from(),
          mail.to(),
          mail.date());
    }
  }

  /** A caught mail with its parts. */
  @Schema(name = "SandboxMessageContent")
  public record CaughtContentView(
      UUID id, CaughtView message, List<HeaderView> headers, String html, String text)
      implements Identified {

    /** Shows a caught mail with its parts. */
    public static CaughtContentView of(Caught c, ParsedMail mail) {
      return new CaughtContentView(
          c.id(),
          CaughtView.of(c, mail),
          mail.headers().stream().map(h -> new HeaderView(h.name(), h.value())).toList(),
          mail.html(),
          mail.text());
    }
  }

  /** A header field, decoded. */
  @Schema(name = "Header")
  public record HeaderView(String name, String value) {}

  /** How many mails were removed. */
  public record ClearedView(int cleared) {}
}
