// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.campaigns;

import java.util.Objects;

/**
 * A rendered message.
 *
 * @param subject one line without control characters
 * @param html the HTML part, or null where there is none
 * @param text the plain text part
 */
public record RenderedMessage(String subject, String html, String text) {

  /** Refuses a message without subject or text. */
  public RenderedMessage {
    Objects.requireNonNull(subject, "subject");
    Objects.requireNonNull(text, "text");
  }
}
