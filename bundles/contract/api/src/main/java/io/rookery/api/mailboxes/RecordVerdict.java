// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

/** What a look at a DNS record came to. */
public enum RecordVerdict {
  /** It is there and says what it should. */
  OK,
  /** The name or the record is not there. */
  MISSING,
  /** It says something else, or cannot be read by its rules. */
  WRONG,
  /** There are several where the rules allow one, so that none counts. */
  DOUBLED,
  /** The name servers failed or did not answer in time; says nothing about the record. */
  UNREACHABLE,
  /** Not looked at: the operator has not said what should stand there. */
  UNCHECKED;

  /** Returns whether the record itself is known to be at fault. */
  public boolean bad() {
    return this == MISSING || this == WRONG || this == DOUBLED;
  }
}
