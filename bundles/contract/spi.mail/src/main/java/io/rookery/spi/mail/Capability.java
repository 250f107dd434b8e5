// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

/**
 * What a mail backend may be able to do. What is not declared is never asked for; a campaign that
 * needs it is refused before it starts.
 */
public enum Capability {
  /** Takes whole MIME messages ({@link RawMessage}), with our headers and Message-ID. */
  RAW_MIME,
  /** Takes a template's id and variables ({@link TemplateMessage}). */
  TEMPLATES,
  /** Lets the envelope sender differ from the account's address, as VERP needs. */
  FREE_ENVELOPE_SENDER,
  /** Signs with DKIM by itself; without this, messages come signed. */
  SIGNS_DKIM,
  /** Takes addresses with non-ASCII local parts (RFC 6531). */
  INTERNATIONAL_ADDRESSES,
  /** Takes attachments. */
  ATTACHMENTS,
  /** Treats a repeated {@link OutboundMessage#idempotencyKey} as the message already sent. */
  IDEMPOTENCY_KEYS,
  /** Can tell whether a message was taken; implements {@link SentLookup}. */
  SENT_LOOKUP,
  /** Tells delivery and bounces by calling a webhook. */
  REPORTS_BY_WEBHOOK,
  /** Sends delivery status notifications (RFC 3464) to the envelope sender. */
  REPORTS_BY_MAIL,
  /** Accepts delivery status parameters (RFC 3461) on submission. */
  REQUESTS_STATUS_NOTIFICATIONS,
  /** Shows a receiver's 4xx replies, so that sending can slow down by them. */
  SHOWS_DEFERRALS,
  /** Can make and remove accounts by itself. */
  PROVISIONS_ACCOUNTS,
  /** Lets no mail out: it is caught and can be looked at; implements {@link CaughtMail}. */
  CATCHES_MAIL
}
