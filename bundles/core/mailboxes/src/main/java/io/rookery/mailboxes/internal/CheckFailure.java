// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal;

import io.rookery.kernel.RookeryException;
import io.rookery.spi.mail.BackendException;
import io.rookery.spi.mail.Reply;

/** Tells a mailbox's owner why it cannot be signed in to, in our words and in the server's. */
final class CheckFailure {

  private static final int LONGEST = 300;

  private CheckFailure() {}

  /**
   * Returns what to throw. A server's words are repeated only from beyond its greeting: what greets
   * in another way may be any service that somebody would like to read from.
   */
  static RookeryException of(BackendException e) {
    Reply reply = e.reply();
    String detail = e.getMessage();
    if (reply != null && reply.stage() != Reply.Stage.GREETING) {
      detail += "; it says: " + said(reply);
    }
    return new RookeryException(MailboxErrors.CHECK_FAILED, detail, e);
  }

  private static String said(Reply reply) {
    String code = reply.enhancedCode() == null ? "" : " " + reply.enhancedCode();
    String text = reply.code() + code + " " + reply.text();
    return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
  }
}
