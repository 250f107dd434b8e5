// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * Collects what is to be written, so that a message and the next one's commands leave in one write.
 * Message content is stuffed with dots (RFC 5321 §4.5.2) on its way; what does not fit is written
 * out in pieces of the buffer's size. Not thread-safe.
 */
final class WireBuffer {

  /** A message of usual size fits whole; 16 connections then hold 1 MiB. */
  private static final int SIZE = 64 << 10;

  private static final byte[] CRLF = {'\r', '\n'};

  private final Sink out;
  private final byte[] buffer = new byte[SIZE];
  private int count;

  WireBuffer(Sink out) {
    this.out = out;
  }

  /** Adds a command with its line end. */
  void command(String line) throws IOException {
    byte[] bytes = line.getBytes(StandardCharsets.UTF_8);
    put(bytes, 0, bytes.length);
    put(CRLF, 0, CRLF.length);
  }

  /** Adds content, where each line that begins with a dot gets another one. */
  void content(byte[] content) throws IOException {
    int from = 0;
    for (int at = 0; at < content.length; at = LineEnds.next(content, at) + 1) {
      if (content[at] == '.' && (at == 0 || content[at - 1] == '\n')) {
        put(content, from, at - from);
        put(content, at, 1);
        from = at;
      }
    }
    put(content, from, content.length - from);
  }

  /**
   * Makes room for an end of content and what may follow, so that nothing of either leaves before
   * the next {@link #flush}.
   */
  void reserve(int octets) throws IOException {
    if (SIZE - count < octets) {
      flush();
    }
  }

  /** Adds the dot that ends content, on a line of its own. */
  void endOfContent(byte[] content) throws IOException {
    boolean ended = content.length == 0 || content[content.length - 1] == '\n';
    if (!ended) {
      put(CRLF, 0, CRLF.length);
    }
    command(".");
  }

  private void put(byte[] bytes, int from, int length) throws IOException {
    int done = 0;
    while (done < length) {
      if (count == SIZE) {
        flush();
      }
      int piece = Math.min(length - done, SIZE - count);
      System.arraycopy(bytes, from + done, buffer, count, piece);
      count += piece;
      done += piece;
    }
  }

  /** Writes out what was collected, at once. */
  void flush() throws IOException {
    int length = count;
    count = 0;
    if (length > 0) {
      out.write(buffer, length);
    }
  }

  /** Where the octets go. */
  @FunctionalInterface
  interface Sink {

    /** Writes the first octets of an array at once. */
    void write(byte[] octets, int length) throws IOException;
  }
}
