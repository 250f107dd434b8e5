// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

/** Why a mailbox, a domain or a tenant sends nothing. */
public enum PauseCause {
  /** Somebody said so; only people lift it. */
  PERSON,
  /** The account's consent is gone; a new consent lifts it. */
  CONSENT,
  /** Too many of its mails were complained about. */
  COMPLAINTS,
  /** Too many of its mails bounced. */
  BOUNCES,
  /** Its server could not be reached. */
  CONNECTION,
  /** Its server refused the sign-in. */
  AUTHENTICATION;

  /** Returns whether the mails themselves were the cause. */
  public boolean isQuality() {
    return this == COMPLAINTS || this == BOUNCES;
  }

  /** Returns whether the platform decided it by what it counted, and lifts it by itself. */
  public boolean isAutomatic() {
    return isQuality() || this == CONNECTION || this == AUTHENTICATION;
  }
}
