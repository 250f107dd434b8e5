// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.mime;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Writes text into header fields: encoded words (RFC 2047) where it is not plain ASCII, quoted
 * strings for display names (RFC 5322 §3.2.4), folded so that no line passes 76 octets where it can
 * be helped. Control characters become spaces: nothing that was merged in can begin a header of its
 * own.
 */
final class HeaderText {

  /** 45 octets make 60 characters of base64, which leaves room for {@code =?UTF-8?B??=}. */
  private static final int WORD_OCTETS = 45;

  private static final int LINE = 76;

  private HeaderText() {}

  /** Returns a field's value that is free text, such as a subject. */
  static String unstructured(String name, String text) {
    String clean = clean(text);
    if (!ascii(clean) || longestWord(clean) > LINE - name.length() - 2) {
      return encodedWords(clean);
    }
    return fold(clean, name.length() + 2);
  }

  /** Returns a structured field's value, which is ASCII, folded at its blanks. */
  static String folded(String name, String text) {
    return fold(text, name.length() + 2);
  }

  /** Returns a mailbox: a display name, which may be null or empty, and an address. */
  static String mailbox(String displayName, String address) {
    String clean = displayName == null ? "" : clean(displayName).strip();
    if (clean.isEmpty()) {
      return address;
    }
    String phrase =
        ascii(clean) && clean.length() <= 60
            ? '"' + clean.replace("\\", "\\\\").replace("\"", "\\\"") + '"'
            : encodedWords(clean);
    return phrase + (phrase.length() + address.length() > 64 ? "\r\n <" : " <") + address + ">";
  }

  static String clean(String text) {
    if (plain(text)) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length());
    text.codePoints()
        .map(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029 ? ' ' : c)
        .forEach(out::appendCodePoint);
    return out.toString();
  }

  private static boolean ascii(String text) {
    return plain(text) && !text.contains("=?");
  }

  /** Nearly every header of every message passes here, hence a loop. */
  private static boolean plain(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < 32 || text.charAt(i) > 126) {
        return false;
      }
    }
    return true;
  }

  private static int longestWord(String text) {
    int longest = 0;
    for (String word : text.split(" ", -1)) {
      longest = Math.max(longest, word.length());
    }
    return longest;
  }

  private static String fold(String text, int begin) {
    if (begin + text.length() <= LINE) {
      return text;
    }
    StringBuilder out = new StringBuilder(text.length() + 8);
    int column = begin;
    for (int from = 0; from < text.length(); ) {
      int blank = text.indexOf(' ', from + 1);
      int to = blank < 0 ? text.length() : blank;
      boolean empty = to == from + 1 && text.charAt(from) == ' ';
      if (!empty && column + to - from > LINE && out.length() > 0) {
        out.append("\r\n");
        column = 0;
      }
      out.append(text, from, to);
      column += to - from;
      from = to;
    }
    return out.toString();
  }

  private static String encodedWords(String text) {
    StringBuilder out = new StringBuilder(text.length() * 2);
    int from = 0;
    while (from < text.length()) {
      int to = wordEnd(text, from);
      byte[] octets = text.substring(from, to).getBytes(StandardCharsets.UTF_8);
      out.append(out.length() == 0 ? "=?UTF-8?B?" : "\r\n =?UTF-8?B?")
          .append(Base64.getEncoder().encodeToString(octets))
          .append("?=");
      from = to;
    }
    return out.toString();
  }

  private static int wordEnd(String text, int from) {
    int octets = 0;
    int at = from;
    while (at < text.length()) {
      int c = text.codePointAt(at);
      octets += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (octets > WORD_OCTETS) {
        break;
      }
      at += Character.charCount(c);
    }
    return at;
  }
}
