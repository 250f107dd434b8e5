// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import java.nio.charset.StandardCharsets;

/**
 * A header field under construction, both folded as it goes on the wire and relaxed as it is
 * signed: a fold is a line end and a blank there, and a blank here.
 */
final class Folded {

  private static final int LINE = 76;

  private final StringBuilder wire = new StringBuilder(600);
  private final StringBuilder relaxed = new StringBuilder(600);
  private int column;

  /** Begins a field. */
  Folded(String name, String relaxedName) {
    wire.append(name).append(": ");
    relaxed.append(relaxedName).append(':');
    column = wire.length();
  }

  /** Appends text that stays with what stands before it. */
  Folded text(String text) {
    wire.append(text);
    relaxed.append(text);
    column += text.length();
    return this;
  }

  /** Appends text behind a blank, or on a new line. */
  Folded word(String text) {
    if (column + 1 + text.length() > LINE) {
      fold();
    } else {
      wire.append(' ');
      relaxed.append(' ');
      column++;
    }
    return text(text);
  }

  /** Appends text, on a new line where it does not fit. */
  Folded item(String text) {
    if (column + text.length() > LINE) {
      fold();
    }
    return text(text);
  }

  private void fold() {
    wire.append("\r\n ");
    relaxed.append(' ');
    column = 1;
  }

  byte[] wire() {
    return wire.toString().getBytes(StandardCharsets.US_ASCII);
  }

  byte[] relaxed() {
    return relaxed.toString().getBytes(StandardCharsets.US_ASCII);
  }
}
