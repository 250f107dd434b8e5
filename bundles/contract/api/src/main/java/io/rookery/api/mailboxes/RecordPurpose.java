// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.mailboxes;

/** What a DNS record of a sending domain is for. */
public enum RecordPurpose {
  /** The public key of a DKIM selector (RFC 6376 §3.6). */
  DKIM,
  /** Who may send with a name in the envelope (RFC 7208). */
  SPF,
  /** Where bounces go: the host in the envelope's sender. */
  RETURN_PATH,
  /** The servers that take the return path's mail (RFC 5321 §5). */
  MX,
  /** What receivers do with mail that is not authentic (RFC 9989). */
  DMARC,
  /** The host that links in mails lead to. */
  TRACKING_HOST
}
