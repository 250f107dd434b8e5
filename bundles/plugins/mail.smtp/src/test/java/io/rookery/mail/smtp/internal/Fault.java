// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

/** What a hostile server does. */
enum Fault {
  /** The right thing, late, but in time. */
  SLOW,
  /** The right thing, every reply of the session in single bytes. */
  SINGLE_BYTES,
  /** Nothing, for ever. */
  SILENT,
  DROP,
  /** A reply without its end, then a cut. */
  HALF,
  DEFER,
  REJECT,
  /** A refusal for good and a cut, without a word on what else was asked. */
  REJECT_AND_DROP,
  /** 421 and a cut. */
  CLOSING,
  GARBAGE,
  /** A reply whose lines have different codes. */
  MIXED,
  LONG_LINE,
  MANY_LINES,
  /** A well-formed reply with a code that cannot come here. */
  MISFIT,
  /** The right reply and one more that nobody asked for. */
  UNASKED,
  /** A refusal that nobody asked for, ahead of the right reply. */
  UNASKED_REFUSAL,
  /** 530: the session is not signed in after all. */
  NOT_SIGNED_IN,
  /** RCPT refused for good, and DATA taken all the same. */
  REJECT_AND_354,
  /** RCPT refused for now, and DATA taken all the same. */
  DEFER_AND_354,
  /** No reply to RCPT at all, as if the group were shorter. */
  SKIP,
  /** The message is kept, but the connection cut instead of saying so. */
  TAKEN
}
