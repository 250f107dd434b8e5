// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Encodes text as quoted-printable (RFC 2045 §6.7) in UTF-8, so that it passes every server
 * unchanged and its signature holds. Every line end becomes CRLF. A dot that begins a line is
 * encoded too: no server between here and the reader has to get dot-stuffing right.
 */
final class QuotedPrintable {

  private static final int LINE = 75;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  /** Which octets stand for themselves wherever a dot, too, may stand. */
  private static final boolean[] PLAIN = new boolean[256];

  static {
    for (int octet = '!'; octet <= '~'; octet++) {
      PLAIN[octet] = octet != '=';
    }
  }

  private final byte[] in;
  private byte[] out;
  private int length;
  private int column;

  private QuotedPrintable(byte[] in) {
    this.in = in;
    this.out = new byte[in.length + in.length / 8 + 64];
  }

  static void encode(String text, ByteArrayOutputStream out) {
    QuotedPrintable encoder = new QuotedPrintable(text.getBytes(StandardCharsets.UTF_8));
    encoder.encode();
    out.write(encoder.out, 0, encoder.length);
  }

  private void encode() {
    for (int i = 0; i < in.length; ) {
      int run = run(i);
      if (run > i) {
        copy(i, run);
        i = run;
      } else if (in[i] == '\r' || in[i] == '\n') {
        i += in[i] == '\r' && i + 1 < in.length && in[i + 1] == '\n' ? 2 : 1;
        newLine();
      } else if (column + width(i) > LINE) {
        reserve(1);
        out[length++] = '=';
        newLine();
      } else {
        escape(in[i] & 0xFF);
        i++;
      }
    }
  }

  /** Returns the end of what stands for itself from an index on, within the line. */
  private int run(int from) {
    if (column == 0 && in[from] == '.') {
      return from;
    }
    int most = Math.min(in.length, from + LINE - column);
    int end = from;
    while (end < most && (PLAIN[in[end] & 0xFF] || isInnerBlank(end))) {
      end++;
    }
    return end;
  }

  private int width(int index) {
    boolean plain = PLAIN[in[index] & 0xFF] || isInnerBlank(index);
    return plain ? 1 : 3;
  }

  /** A blank at the end of a line would be lost on the way. */
  private boolean isInnerBlank(int index) {
    return (in[index] == ' ' || in[index] == '\t')
        && index + 1 < in.length
        && in[index + 1] != '\r'
        && in[index + 1] != '\n';
  }

  private void copy(int from, int to) {
    reserve(to - from);
    System.arraycopy(in, from, out, length, to - from);
    length += to - from;
    column += to - from;
  }

  private void escape(int octet) {
    reserve(3);
    out[length++] = '=';
    out[length++] = HEX[octet >> 4];
    out[length++] = HEX[octet & 15];
    column += 3;
  }

  private void newLine() {
    reserve(2);
    out[length++] = '\r';
    out[length++] = '\n';
    column = 0;
  }

  private void reserve(int more) {
    if (length + more > out.length) {
      out = Arrays.copyOf(out, out.length + out.length / 2 + more);
    }
  }
}
