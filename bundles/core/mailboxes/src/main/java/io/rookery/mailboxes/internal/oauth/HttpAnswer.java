// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.oauth;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An answer of HTTP/1.1 (RFC 9112), read strictly. Its body may hold tokens: it prints without.
 *
 * @param status 100 to 599, never an interim one
 */
public record HttpAnswer(int status, byte[] body) {

  private static final int MOST_LINES = 100;
  private static final int LONGEST_LINE = 8192;
  private static final int LARGEST_BODY = 64 * 1024;

  @Override
  public String toString() {
    return "HttpAnswer[" + status + ", " + body.length + " bytes]";
  }

  /** Reads a whole answer; whatever else comes is an {@link IOException} that does not quote it. */
  static HttpAnswer read(InputStream stream) throws IOException {
    InputStream in = new BufferedInputStream(stream);
    int status = status(line(in));
    Map<String, String> headers = headers(in);
    while (status / 100 == 1) {
      status = status(line(in));
      headers = headers(in);
    }
    return new HttpAnswer(status, status == 204 ? new byte[0] : body(in, headers));
  }

  private static int status(String line) throws IOException {
    if (!line.matches("HTTP/1\\.[01] [1-5][0-9]{2}( .*)?")) {
      throw new IOException("It does not speak HTTP/1.1");
    }
    return Integer.parseInt(line.substring(9, 12));
  }

  private static Map<String, String> headers(InputStream in) throws IOException {
    Map<String, String> headers = new HashMap<>();
    for (int i = 0; i < MOST_LINES; i++) {
      String line = line(in);
      if (line.isEmpty()) {
        return headers;
      }
      int colon = line.indexOf(':');
      if (colon < 1) {
        throw new IOException("It sent a header that is none");
      }
      headers.put(
          line.substring(0, colon).toLowerCase(Locale.ROOT), line.substring(colon + 1).strip());
    }
    throw new IOException("It sent too many headers");
  }

  private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
    String coding = headers.get("transfer-encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        throw new IOException("It sent the body in a coding that was not asked for");
      }
      return chunks(in);
    }
    String length = headers.get("content-length");
    if (length == null) {
      byte[] all = in.readNBytes(LARGEST_BODY + 1);
      return small(all.length, all);
    }
    if (!length.matches("[0-9]{1,9}")) {
      throw new IOException("It sent a Content-Length that is none");
    }
    return exactly(in, Integer.parseInt(length));
  }

  private static byte[] chunks(InputStream in) throws IOException {
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    while (true) {
      String size = line(in).split(";", 2)[0].strip();
      if (!size.matches("[0-9a-fA-F]{1,6}")) {
        throw new IOException("It sent a chunk that is none");
      }
      int length = Integer.parseInt(size, 16);
      if (length == 0) {
        return whole.toByteArray();
      }
      small(whole.size() + length, null);
      whole.writeBytes(exactly(in, length));
      if (!line(in).isEmpty()) {
        throw new IOException("It sent a chunk without its end");
      }
    }
  }

  private static byte[] exactly(InputStream in, int length) throws IOException {
    small(length, null);
    byte[] bytes = in.readNBytes(length);
    if (bytes.length < length) {
      throw new EOFException("The connection was cut within the answer");
    }
    return bytes;
  }

  private static byte[] small(int length, byte[] bytes) throws IOException {
    if (length > LARGEST_BODY) {
      throw new IOException("It sent an answer of more than 64 KiB");
    }
    return bytes;
  }

  private static String line(InputStream in) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int next = in.read();
    while (next != '\n') {
      if (next < 0) {
        throw new EOFException("The connection was cut within the answer");
      }
      if (bytes.size() == LONGEST_LINE) {
        throw new IOException("It sent a line that does not end");
      }
      bytes.write(next);
      next = in.read();
    }
    String text = bytes.toString(StandardCharsets.ISO_8859_1);
    return text.endsWith("\r") ? text.substring(0, text.length() - 1) : text;
  }
}
