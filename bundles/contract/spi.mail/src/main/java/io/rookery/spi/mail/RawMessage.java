// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.util.List;
import java.util.Objects;
import java.util.UUID;

/**
 * A whole MIME message (RFC 5322, RFC 2045) with its envelope.
 *
 * @param id the message's id
 * @param envelopeSender the address for MAIL FROM; empty for the null sender
 * @param recipients the addresses for RCPT TO; a domain is in A-labels, a local part may be UTF-8
 * @param content header and body with CRLF line ends, lines of at most 998 octets, not dot-stuffed;
 *     not copied, so not to be changed
 * @param eightBit whether the content has octets above 127 (RFC 6152)
 */
public record RawMessage(
    UUID id, String envelopeSender, List<String> recipients, byte[] content, boolean eightBit)
    implements OutboundMessage {

  /** Checks that there is somebody to send it to and copies the recipients. */
  public RawMessage {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(envelopeSender, "envelopeSender");
    Objects.requireNonNull(content, "content");
    recipients = List.copyOf(recipients);
    if (recipients.isEmpty()) {
      throw new IllegalArgumentException("A message needs a recipient");
    }
  }
}
