// SPDX-License-Identifier: Apache-2.0
package io.rookery.testkit.mail;

import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A message that a test server took.
 *
 * @param mail the whole MAIL command, with its parameters
 * @param recipients the recipients that were accepted
 * @param content the content as it was before dots were stuffed; not to be changed
 */
public record ReceivedMessage(String mail, List<String> recipients, byte[] content) {

  /** Copies the recipients. */
  public ReceivedMessage {
    recipients = List.copyOf(recipients);
  }

  /** Returns the content as text, an octet a character. */
  public String text() {
    return new String(content, StandardCharsets.ISO_8859_1);
  }
}
