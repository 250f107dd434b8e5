// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.single;

import io.rookery.sending.internal.mime.Mail;
import java.util.List;
import java.util.Map;

/**
 * What a message of no campaign says, ready to be written.
 *
 * @param fromName the name shown in From, or null for the mailbox's
 * @param replyTo the address for answers, or null
 * @param html the HTML part, or null
 * @param headers further header fields by name
 * @param files inline parts and attachments
 */
public record SingleContent(
    String fromName,
    String replyTo,
    String subject,
    String html,
    String text,
    Map<String, String> headers,
    List<Mail.File> files) {

  /** Returns what goes along with the mail. */
  public Mail.Extras extras() {
    return headers.isEmpty() && files.isEmpty() ? Mail.NO_EXTRAS : new Mail.Extras(headers, files);
  }
}
