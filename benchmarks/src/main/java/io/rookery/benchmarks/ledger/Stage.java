// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

/** A moment of an SMTP session at which the sink can be slow or fail. */
public enum Stage {
  /** The connection was taken, nothing said yet. */
  CONNECT,
  /** Before the greeting. */
  BANNER,
  /** Before the reply to EHLO or HELO. */
  EHLO,
  /** Before the reply to MAIL. */
  MAIL,
  /** Before the reply to RCPT. */
  RCPT,
  /** Before the reply to DATA. */
  DATA,
  /** The final dot has come, the ledger does not know of it. */
  DOT,
  /** The ledger has the message, the final reply is not given. */
  REPLY
}
