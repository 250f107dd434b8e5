// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.contacts.EmailAddresses;
import io.rookery.api.sending.NewMessage;
import io.rookery.api.sending.NewMessage.Content;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Set;

/** What holds for a message whatever the tenant has: its fields, each by itself. */
final class MessageRules {

  private static final Duration FARTHEST = Duration.ofDays(30);
  private static final int LONGEST_SUBJECT = 1000;
  private static final int LONGEST_NAME = 200;
  private static final int LONGEST_TEXT = 512 * 1024;

  /** Names that templates know already; a sender's own address must stay what it is. */
  private static final Set<String> RESERVED =
      Set.of("contact", "tenant", "campaign", "unsubscribe_url");

  private final long largestFiles;

  /** Makes rules under which files may have so many octets together. */
  MessageRules(long largestFiles) {
    this.largestFiles = largestFiles;
  }

  /** Returns the message as it is gone on with, and reports what is wrong with it. */
  Draft check(NewMessage message, Instant now, Faults faults) {
    one(message.from().mailboxId(), message.from().address(), "/from", "mailbox_id", faults);
    String from = address("/from", message.from().address(), faults);
    one(message.to().contactId(), message.to().address(), "/to", "contact_id", faults);
    String to = address("/to", message.to().address(), faults);
    content(message.content(), faults);
    faults.line("/from_name", message.fromName(), LONGEST_NAME);
    String replyTo = address("/reply_to", message.replyTo(), faults);
    Instant sendAt = message.sendAt();
    if (sendAt != null) {
      faults.unless(!sendAt.isBefore(now), "/send_at", "This time has passed");
      faults.unless(!sendAt.isAfter(now.plus(FARTHEST)), "/send_at", "At most 30 days ahead");
    }
    return new Draft(
        message,
        message.category() == null ? Category.COMMERCIAL : message.category(),
        from,
        to,
        replyTo,
        HeaderRules.checked(message.headers(), faults),
        FileRules.checked(message.attachments(), largestFiles, faults),
        sendAt == null ? now : sendAt.truncatedTo(ChronoUnit.MICROS));
  }

  private static void one(Object id, Object address, String pointer, String name, Faults faults) {
    faults.unless(
        (id == null) != (address == null),
        pointer,
        "Give either an address here or " + name + ", not both");
  }

  private static String address(String pointer, String address, Faults faults) {
    if (address == null) {
      return null;
    }
    String wire = EmailAddresses.wire(address).orElse(null);
    faults.unless(wire != null, pointer, "This is no e-mail address");
    return wire;
  }

  private static void content(Content content, Faults faults) {
    boolean written = content.subject() != null || content.html() != null || content.text() != null;
    if (content.templateId() != null) {
      faults.unless(
          !written, "/template_id", "Give either a template or what the message says, not both");
      variables(content.variables(), faults);
      return;
    }
    faults.unless(
        content.variables() == null || content.variables().isEmpty(),
        "/variables",
        "Variables are shown by a template; without template_id the message is sent as written");
    String subject = content.subject();
    faults.unless(subject != null && !subject.isBlank(), "/subject", "Must be given");
    faults.line("/subject", subject, LONGEST_SUBJECT);
    faults.unless(
        content.html() != null || content.text() != null, "/html", "Give html, text or both");
    faults.text("/html", content.html(), LONGEST_TEXT);
    faults.text("/text", content.text(), LONGEST_TEXT);
  }

  private static void variables(Map<String, Object> variables, Faults faults) {
    if (variables != null) {
      for (String name : variables.keySet()) {
        faults.unless(
            !RESERVED.contains(name), "/variables/" + name, "This name has a meaning already");
      }
    }
  }
}
