// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.dns;

/** The types of records that are asked for. */
public enum RecordType {
  A,
  AAAA,
  CNAME,
  MX,
  TXT
}
