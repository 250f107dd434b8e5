// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

/** The points at which a test server answers. {@code CONTENT} is the end of a message's content. */
public enum SmtpStage {
  GREETING,
  EHLO,
  HELO,
  STARTTLS,
  AUTH,
  MAIL,
  RCPT,
  DATA,
  CONTENT,
  RSET,
  NOOP,
  QUIT
}
