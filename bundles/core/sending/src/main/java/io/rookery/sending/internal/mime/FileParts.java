// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;

/** Writes files as parts of a message: base64 in lines of 76 (RFC 2045 §6.8), names by RFC 2231. */
final class FileParts {

  private static final byte[] LINE_END = {'\r', '\n'};
  private static final Base64.Encoder BASE64 = Base64.getMimeEncoder(76, LINE_END);

  /** What may stand for itself in an extended parameter: attribute-char of RFC 2231 §7. */
  private static final String PLAIN = "!#$&+-.^_`{|}~";

  /** How long a piece of a name may get, so that its line stays within 76 octets. */
  private static final int PIECE = 55;

  private FileParts() {}

  /** Returns the files that the HTML part may refer to; without one there are none. */
  static List<Mail.File> inline(Mail mail) {
    List<Mail.File> files = mail.extras().files();
    return files.isEmpty() || mail.html() == null
        ? List.of()
        : files.stream().filter(file -> file.contentId() != null).toList();
  }

  static List<Mail.File> attachments(Mail mail) {
    List<Mail.File> files = mail.extras().files();
    return files.isEmpty() || mail.html() == null
        ? files
        : files.stream().filter(file -> file.contentId() == null).toList();
  }

  /** Returns about how many octets files take as parts. */
  static int size(List<Mail.File> files) {
    long size = 0;
    for (Mail.File file : files) {
      size += 512 + file.content().length * 139L / 100;
    }
    return (int) Math.min(Integer.MAX_VALUE - 65_536, size);
  }

  static void write(Mail.File file, ByteArrayOutputStream out) {
    MimeWriter.header("Content-Type", file.contentType(), out);
    String manner = file.contentId() == null ? "attachment" : "inline";
    MimeWriter.header("Content-Disposition", manner + name(file.name()), out);
    if (file.contentId() != null) {
      MimeWriter.header("Content-ID", "<" + file.contentId() + ">", out);
    }
    MimeWriter.header("Content-Transfer-Encoding", "base64", out);
    MimeWriter.line("", out);
    out.writeBytes(BASE64.encode(file.content()));
    MimeWriter.line("", out);
  }

  private static String name(String name) {
    if (name == null) {
      return "";
    }
    String clean = HeaderText.clean(name);
    boolean plain = clean.chars().allMatch(c -> c >= 32 && c < 127) && clean.length() <= PIECE;
    if (plain) {
      String quoted = clean.replace("\\", "\\\\").replace("\"", "\\\"");
      return ";\r\n filename=\"" + quoted + '"';
    }
    return extended("UTF-8''" + encoded(clean));
  }

  /** Cuts a long value into pieces (RFC 2231 §3), none within an escape. */
  private static String extended(String value) {
    if (value.length() <= PIECE) {
      return ";\r\n filename*=" + value;
    }
    StringBuilder out = new StringBuilder(value.length() + value.length() / 2);
    int from = 0;
    for (int number = 0; from < value.length(); number++) {
      int to = Math.min(value.length(), from + PIECE);
      int escape = value.lastIndexOf('%', to - 1);
      if (to < value.length() && escape > to - 3) {
        to = escape;
      }
      out.append(";\r\n filename*").append(number).append("*=").append(value, from, to);
      from = to;
    }
    return out.toString();
  }

  private static String encoded(String text) {
    StringBuilder out = new StringBuilder(text.length() * 3);
    for (byte octet : text.getBytes(StandardCharsets.UTF_8)) {
      char c = (char) (octet & 0xFF);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
      if (letter || PLAIN.indexOf(c) >= 0) {
        out.append(c);
      } else {
        out.append('%').append(hex(c >> 4)).append(hex(c & 15));
      }
    }
    return out.toString();
  }

  private static char hex(int digit) {
    return "0123456789ABCDEF".charAt(digit);
  }
}
