// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Encodes text as quoted-printable (RFC 2045 §6.7) in UTF-8, so that it passes every server
 * unchanged and its signature holds. Every line end becomes CRLF. A dot that begins a line is
 * encoded too: no server between here and the reader has to get dot-stuffing right.
 */
final class QuotedPrintable {

  private static final int LINE = 75;
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private QuotedPrintable() {}

  static void encode(String text, ByteArrayOutputStream out) {
    byte[] in = text.getBytes(StandardCharsets.UTF_8);
    int column = 0;
    for (int i = 0; i < in.length; i++) {
      int octet = in[i] & 0xFF;
      if (octet == '\r' || octet == '\n') {
        if (octet == '\r' && i + 1 < in.length && in[i + 1] == '\n') {
          i++;
        }
        newLine(out);
        column = 0;
        continue;
      }
      boolean plain = plain(octet, column, i + 1 < in.length ? in[i + 1] : (byte) '\n');
      if (column + (plain ? 1 : 3) > LINE) {
        out.write('=');
        newLine(out);
        column = 0;
        plain = plain && octet != '.';
      }
      column += write(octet, plain, out);
    }
  }

  private static boolean plain(int octet, int column, byte next) {
    if (octet == ' ' || octet == '\t') {
      return next != '\r' && next != '\n';
    }
    return octet > 32 && octet < 127 && octet != '=' && !(octet == '.' && column == 0);
  }

  private static int write(int octet, boolean plain, ByteArrayOutputStream out) {
    if (plain) {
      out.write(octet);
      return 1;
    }
    out.write('=');
    out.write(HEX[octet >> 4]);
    out.write(HEX[octet & 15]);
    return 3;
  }

  private static void newLine(ByteArrayOutputStream out) {
    out.write('\r');
    out.write('\n');
  }
}
