// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads replies from a connection. Lines may come in any pieces and may end in a bare LF; their
 * length and number are bounded well above the limits of RFC 5321 §4.5.3.1.5.
 */
final class ReplyReader {

  private static final int LONGEST_LINE = 4096;
  private static final int MOST_LINES = 128;
  private static final int CODE_LENGTH = 3;

  private final InputStream in;
  private final byte[] buffer = new byte[LONGEST_LINE];
  private int from;
  private int to;

  ReplyReader(InputStream in) {
    this.in = in;
  }

  /** Returns whether something was received that no reply has used up yet; never blocks. */
  boolean hasLeftovers() throws IOException {
    return from < to || in.available() > 0;
  }

  /**
   * Reads the next reply.
   *
   * @throws EOFException where the connection ended
   * @throws ProtocolException where what came is no reply
   */
  SmtpReply read() throws IOException {
    String line = line();
    int code = code(line);
    if (line.length() == CODE_LENGTH || line.charAt(CODE_LENGTH) == ' ') {
      String enhanced = EnhancedCode.at(code, line);
      return new SmtpReply(code, enhanced, List.of(text(line, enhanced)));
    }
    return readMore(line, code);
  }

  private SmtpReply readMore(String first, int code) throws IOException {
    String enhanced = EnhancedCode.at(code, first);
    List<String> lines = new ArrayList<>();
    lines.add(text(first, enhanced));
    while (lines.size() < MOST_LINES) {
      String line = line();
      if (code(line) != code) {
        throw new ProtocolException("The server's reply has lines with different codes");
      }
      lines.add(text(line, EnhancedCode.at(code, line)));
      if (line.length() == CODE_LENGTH || line.charAt(CODE_LENGTH) == ' ') {
        return new SmtpReply(code, enhanced, List.copyOf(lines));
      }
    }
    throw new ProtocolException("The server's reply has more than " + MOST_LINES + " lines");
  }

  private static String text(String line, String enhanced) {
    int start = CODE_LENGTH + 1 + (enhanced == null ? 0 : enhanced.length() + 1);
    return start >= line.length() ? "" : line.substring(start);
  }

  private static int code(String line) throws ProtocolException {
    if (line.length() < CODE_LENGTH || !isCode(line) || !isSeparated(line)) {
      throw new ProtocolException("The server does not answer by SMTP");
    }
    return (line.charAt(0) - '0') * 100 + (line.charAt(1) - '0') * 10 + line.charAt(2) - '0';
  }

  private static boolean isCode(String line) {
    char first = line.charAt(0);
    return first >= '2'
        && first <= '5'
        && EnhancedCode.isDigit(line.charAt(1))
        && EnhancedCode.isDigit(line.charAt(2));
  }

  private static boolean isSeparated(String line) {
    return line.length() == CODE_LENGTH
        || line.charAt(CODE_LENGTH) == ' '
        || line.charAt(CODE_LENGTH) == '-';
  }

  private String line() throws IOException {
    int searched = from;
    while (true) {
      for (int i = searched; i < to; i++) {
        if (buffer[i] == '\n') {
          int end = i > from && buffer[i - 1] == '\r' ? i - 1 : i;
          String line = new String(buffer, from, end - from, StandardCharsets.UTF_8);
          from = i + 1;
          return line;
        }
      }
      int unread = to - from;
      fill();
      searched = from + unread;
    }
  }

  private void fill() throws IOException {
    if (from > 0) {
      System.arraycopy(buffer, from, buffer, 0, to - from);
      to -= from;
      from = 0;
    }
    if (to == buffer.length) {
      throw new ProtocolException("The server's reply has a line of over 4,096 octets");
    }
    int count = in.read(buffer, to, buffer.length - to);
    if (count < 0) {
      throw new EOFException("The server closed the connection");
    }
    to += count;
  }
}
