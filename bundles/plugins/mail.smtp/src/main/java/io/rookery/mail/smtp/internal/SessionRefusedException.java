// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import io.rookery.spi.mail.BackendException.Kind;
import io.rookery.spi.mail.Reply;
import java.io.IOException;

/** Says that a server goes on with nobody on this connection, whatever the message. */
final class SessionRefusedException extends IOException {

  private static final long serialVersionUID = 1L;

  private final Kind kind;
  private final transient Reply reply;

  SessionRefusedException(Kind kind, Reply reply) {
    super("The server answered " + reply.code() + " and takes no more on this connection");
    this.kind = kind;
    this.reply = reply;
  }

  Kind kind() {
    return kind;
  }

  Reply reply() {
    return reply;
  }
}
