// SPDX-License-Identifier: Apache-2.0
package io.rookery.spi.mail;

import java.util.Objects;
import java.util.regex.Pattern;

/**
 * What the other side said.
 *
 * @param stage when it said so
 * @param code the SMTP reply code (RFC 5321 §4.2) or HTTP status; 0 where nothing was said
 * @param enhancedCode the enhanced status code (RFC 3463) such as {@code 5.1.1}, or null
 * @param text what it said, at most 500 characters, control characters removed
 */
public record Reply(Stage stage, int code, String enhancedCode, String text) {

  /** The stages of handing over a message. */
  public enum Stage {
    CONNECT,
    GREETING,
    TLS,
    SIGN_IN,
    SENDER,
    RECIPIENT,
    DATA,
    CONTENT,
    REQUEST
  }

  private static final Pattern CONTROLS = Pattern.compile("\\p{Cntrl}+");

  /** Shortens the text and strips control characters, so that a peer cannot write our log. */
  public Reply {
    Objects.requireNonNull(stage, "stage");
    String clean = CONTROLS.matcher(Objects.requireNonNull(text, "text")).replaceAll(" ").strip();
    text = clean.length() > 500 ? clean.substring(0, 500) : clean;
  }
}
