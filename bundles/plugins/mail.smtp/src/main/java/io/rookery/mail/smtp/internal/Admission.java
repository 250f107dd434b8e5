// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.util.ArrayList;
import java.util.List;

/** Refuses, before anything is written, what this server cannot take or nobody should be given. */
final class Admission {

  private Admission() {}

  /** Settles those of a job's recipients that cannot be sent to; returns whether any is left. */
  static boolean admit(Job job, Extensions server) {
    Reply refusal = refusal(job.message(), server);
    if (refusal != null) {
      job.finish(Status.REJECTED, refusal);
      return false;
    }
    List<Job.Refusal> refusals = new ArrayList<>();
    List<String> recipients = job.message().recipients();
    for (int i = 0; i < recipients.size(); i++) {
      Reply reply = recipientRefusal(recipients.get(i), server);
      if (reply != null) {
        refusals.add(new Job.Refusal(i, Status.REJECTED, reply));
      }
    }
    if (!refusals.isEmpty()) {
      job.settle(refusals);
    }
    return !job.report();
  }

  private static Reply refusal(RawMessage message, Extensions server) {
    String sender = message.envelopeSender();
    if (!sender.isEmpty() && !Addresses.isSafe(sender)) {
      return said(Stage.SENDER, "5.1.7", "The envelope sender is no address that SMTP can carry");
    }
    if (Addresses.isInternational(sender) && !server.utf8()) {
      return said(Stage.SENDER, "5.6.7", "The server takes no sender that is not ASCII (SMTPUTF8)");
    }
    if (message.eightBit() && !server.eightBit()) {
      return said(Stage.SENDER, "5.6.3", "The server takes no 8-bit content (8BITMIME)");
    }
    if (server.maximumSize() > 0 && message.content().length > server.maximumSize()) {
      return said(
          Stage.SENDER,
          "5.3.4",
          "The message has %d octets, the server takes %d"
              .formatted(message.content().length, server.maximumSize()));
    }
    return LineEnds.areClean(message.content())
        ? null
        : said(Stage.CONTENT, "5.6.0", "The content has a line end that is not CRLF");
  }

  private static Reply recipientRefusal(String recipient, Extensions server) {
    if (!Addresses.isSafe(recipient)) {
      return said(Stage.RECIPIENT, "5.1.3", "The recipient is no address that SMTP can carry");
    }
    return Addresses.isInternational(recipient) && !server.utf8()
        ? said(
            Stage.RECIPIENT, "5.6.7", "The server takes no recipient that is not ASCII (SMTPUTF8)")
        : null;
  }

  private static Reply said(Stage stage, String enhancedCode, String text) {
    return new Reply(stage, 0, enhancedCode, text);
  }
}
