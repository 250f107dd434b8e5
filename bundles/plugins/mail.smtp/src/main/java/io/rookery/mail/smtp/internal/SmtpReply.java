// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.Outcome.Status;
import io.rookery.spi.mail.Reply;
import io.rookery.spi.mail.Reply.Stage;
import java.util.List;

/**
 * A whole reply of a server (RFC 5321 §4.2).
 *
 * @param code 200 to 599
 * @param enhancedCode the enhanced status code (RFC 3463), or null where the text begins with none
 * @param lines the text of each line, without codes
 */
record SmtpReply(int code, String enhancedCode, List<String> lines) {

  private static final int CLOSING = 421;

  boolean positive() {
    return code / 100 == 2;
  }

  boolean transientlyRefused() {
    return code / 100 == 4;
  }

  boolean permanentlyRefused() {
    return code / 100 == 5;
  }

  boolean refused() {
    return transientlyRefused() || permanentlyRefused();
  }

  /** Returns whether the server is about to close the connection, which it may say at any time. */
  boolean closing() {
    return code == CLOSING;
  }

  /** Returns what a refusal means for a message. */
  Status refusal() {
    return permanentlyRefused() ? Status.REJECTED : Status.DEFERRED;
  }

  String text() {
    return String.join(" ", lines);
  }

  /** Returns this reply as what was said at a stage. */
  Reply at(Stage stage) {
    return new Reply(stage, code, enhancedCode, text());
  }
}
