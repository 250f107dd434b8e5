// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.sandbox.internal;

import io.rookery.spi.mail.Outcome.RecipientOutcome;
import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.RawMessage;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.util.Locale;

/** What the sandbox, as a receiver, says to a message or a recipient. */
record Verdict(Status status, Reply reply) {

  /** Below the 30 MiB of a stored value, with room for the envelope. */
  private static final int LARGEST = 25 << 20;

  static final Verdict CAUGHT = accepted("Caught");
  static final Verdict NOT_KEPT =
      new Verdict(
          Status.DEFERRED, new Reply(Stage.CONTENT, 451, "4.3.0", "The sandbox could not keep it"));
  static final Verdict NO_TEMPLATE =
      rejected(Stage.CONTENT, 554, "5.6.1", "The sandbox takes whole messages only");

  private static final Verdict TOO_LARGE =
      rejected(Stage.CONTENT, 552, "5.3.4", "The sandbox takes at most 25 MiB");
  private static final Verdict BAD_SENDER =
      rejected(Stage.SENDER, 553, "5.1.7", "The sender has control characters");
  private static final Verdict BAD_RECIPIENT =
      rejected(Stage.RECIPIENT, 553, "5.1.3", "The recipient has control characters");
  private static final Verdict NEVER =
      rejected(Stage.RECIPIENT, 550, "5.1.1", "The sandbox bounces this domain");
  private static final Verdict LATER =
      new Verdict(
          Status.DEFERRED,
          new Reply(Stage.RECIPIENT, 450, "4.2.0", "The sandbox defers this domain"));

  private static final Verdict SLOWER =
      new Verdict(
          Status.DEFERRED,
          new Reply(Stage.RECIPIENT, 451, "4.7.1", "This domain asks you to slow down"));

  private static Verdict accepted(String text) {
    return new Verdict(Status.ACCEPTED, new Reply(Stage.CONTENT, 250, "2.0.0", text));
  }

  private static Verdict rejected(Stage stage, int code, String enhancedCode, String text) {
    return new Verdict(Status.REJECTED, new Reply(stage, code, enhancedCode, text));
  }

  /** Returns what becomes of a message for one of its recipients. */
  static Verdict of(RawMessage message, String recipient) {
    if (hasControls(message.envelopeSender())) {
      return BAD_SENDER;
    }
    if (hasControls(recipient)) {
      return BAD_RECIPIENT;
    }
    if (message.content().length > LARGEST) {
      return TOO_LARGE;
    }
    String domain = recipient.substring(recipient.lastIndexOf('@') + 1).toLowerCase(Locale.ROOT);
    return switch (domain) {
      case "bounce.example" -> NEVER;
      case "defer.example" -> LATER;
      case "busy.example" -> SLOWER;
      default -> CAUGHT;
    };
  }

  /** No server would take such an address, for it could carry commands of its own. */
  private static boolean hasControls(String address) {
    return address.chars().anyMatch(Character::isISOControl);
  }

  boolean isAccepted() {
    return status == Status.ACCEPTED;
  }

  RecipientOutcome on(String recipient) {
    return new RecipientOutcome(recipient, status, reply);
  }
}
