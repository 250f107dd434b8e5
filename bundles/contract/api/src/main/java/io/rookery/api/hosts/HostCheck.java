// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.hosts;

import java.time.Instant;

/**
 * What was last seen of one side of a host.
 *
 * @param check which side
 * @param state how it is
 * @param code one lower-case word for programs, such as {@code open} or {@code expires_7}
 * @param detail a sentence for people that says what to do where something is wrong
 * @param checkedAt when it was looked at
 * @param changedAt since when it is so
 */
public record HostCheck(
    Check check, State state, String code, String detail, Instant checkedAt, Instant changedAt) {

  /** What is looked at. */
  public enum Check {
    /** Whether the platform can sign in. */
    HEARTBEAT,
    /** SMTP. */
    PORT_25,
    /** Submission under TLS (RFC 8314). */
    PORT_465,
    /** Submission (RFC 6409). */
    PORT_587,
    /** IMAP under TLS (RFC 8314). */
    PORT_993,
    /** HTTPS. */
    PORT_443,
    /** Whether the host itself reaches port 25 of others, which many providers shut. */
    OUTBOUND_25,
    /** How full its fullest disk is. */
    DISK,
    /** When the first of its certificates runs out. */
    CERTIFICATE,
    /** Whether its address leads to the name that it greets by, and back (RFC 8601 §2.7.3). */
    REVERSE_NAME,
    /** Whether its address stands on DNS block lists (RFC 5782). */
    BLOCK_LISTS
  }

  /** How something is. */
  public enum State {
    OK,
    /** It works, but not for ever. */
    WARNING,
    FAILED,
    /** Nobody knows: it could not be looked at. */
    UNKNOWN
  }
}
