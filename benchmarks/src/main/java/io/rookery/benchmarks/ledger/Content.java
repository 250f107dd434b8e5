// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What is kept of a message's content.
 *
 * @param messageId the Message-ID with its brackets, or {@code -}
 */
record Content(String messageId) {

  private static final String HEADER = "message-id:";

  /** Reads up to and with the final dot. */
  static Content read(InputStream in) throws IOException {
    String id = "-";
    boolean header = true;
    boolean idFollows = false;
    for (String line = line(in); !".".equals(line); line = line(in)) {
      if (line == null) {
        throw new EOFException("The content was cut off");
      }
      header &= !line.isEmpty();
      if (header && idFollows) {
        // The field was folded behind its colon (RFC 5322 §2.2.3).
        id = line.strip();
        idFollows = false;
      } else if (header && line.toLowerCase(Locale.ROOT).startsWith(HEADER)) {
        id = line.substring(HEADER.length()).strip();
        idFollows = id.isEmpty();
      }
    }
    return new Content(id);
  }

  /** Reads a line without its end; null at the end of the stream, also in the midst of a line. */
  static String line(InputStream in) throws IOException {
    ByteArrayOutputStream line = new ByteArrayOutputStream(128);
    for (int next = in.read(); next != '\n'; next = in.read()) {
      if (next < 0) {
        return null;
      }
      line.write(next);
    }
    String text = line.toString(StandardCharsets.UTF_8);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
