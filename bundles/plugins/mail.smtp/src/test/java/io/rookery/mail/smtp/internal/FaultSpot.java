// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

/** Where in a session a hostile server misbehaves. */
enum FaultSpot {
  CONNECT,
  GREETING,
  EHLO,
  STARTTLS,
  /** The TLS handshake after a STARTTLS that was granted. */
  HANDSHAKE,
  AUTH,
  MAIL,
  RCPT,
  DATA,
  /** Between the 354 and the end of the content. */
  BODY,
  /** Like BODY, with a content that leaves in many pieces, so that its end is far. */
  LARGE_BODY,
  /** The reply to the final dot. */
  DOT,
  /** After a final reply, before anything was asked. */
  BETWEEN,
  /** The RSET after a transaction that was refused. */
  RSET,
  QUIT;

  /** Returns whether it comes before there is a message. */
  boolean ofSession() {
    return compareTo(MAIL) < 0;
  }

  boolean needsTls() {
    return this == STARTTLS || this == HANDSHAKE;
  }

  /** Returns whether, with PIPELINING, the next message's commands are under way by then. */
  boolean afterDot() {
    return this == BODY || this == DOT || this == BETWEEN;
  }
}
