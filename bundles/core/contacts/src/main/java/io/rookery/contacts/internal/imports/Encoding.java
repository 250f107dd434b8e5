// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;

/** Encodings of CSV files, told apart by their first bytes. */
enum Encoding {
  UTF_8(StandardCharsets.UTF_8, 1),
  UTF_16LE(StandardCharsets.UTF_16LE, 2),
  UTF_16BE(StandardCharsets.UTF_16BE, 2),
  WINDOWS_1252(Charset.forName("windows-1252"), 1),
  /** ASCII so far: what follows is UTF-8 where it can be, Windows-1252 where it cannot. */
  UNDECIDED(StandardCharsets.UTF_8, 1);

  private final Charset charset;
  private final int width;

  Encoding(Charset charset, int width) {
    this.charset = charset;
    this.width = width;
  }

  /** Returns how many bytes a code unit has in which commas, quotes and line ends are told. */
  int width() {
    return width;
  }

  /** Returns the code unit at an index of bytes. */
  int unit(byte[] bytes, int index) {
    return switch (this) {
      case UTF_16LE -> (bytes[index + 1] & 0xFF) << 8 | (bytes[index] & 0xFF);
      case UTF_16BE -> (bytes[index] & 0xFF) << 8 | (bytes[index + 1] & 0xFF);
      default -> bytes[index] & 0xFF;
    };
  }

  /** Turns whole records into text; what is no text becomes U+FFFD. */
  String decode(byte[] bytes, int length) {
    if (this == UNDECIDED && !isStrict(bytes, length)) {
      return WINDOWS_1252.decode(bytes, length);
    }
    return new String(bytes, 0, length, charset);
  }

  /** Returns the encoding of a file that begins with these bytes. */
  static Encoding of(byte[] head) {
    if (startsWith(head, 0xFF, 0xFE)) {
      return UTF_16LE;
    }
    if (startsWith(head, 0xFE, 0xFF)) {
      return UTF_16BE;
    }
    if (startsWith(head, 0xEF, 0xBB, 0xBF)) {
      return UTF_8;
    }
    int length = whole(head);
    for (int i = 0; i < length; i++) {
      if (head[i] < 0) {
        return isStrict(head, length) ? UTF_8 : WINDOWS_1252;
      }
    }
    return UNDECIDED;
  }

  /** Returns how long the byte order mark is that the bytes begin with. */
  int mark(byte[] head) {
    return switch (this) {
      case UTF_16LE, UTF_16BE -> 2;
      case UTF_8 -> startsWith(head, 0xEF, 0xBB, 0xBF) ? 3 : 0;
      default -> 0;
    };
  }

  private static boolean startsWith(byte[] head, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (head.length <= i || (head[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }

  /** Cuts a character in two at the end off. */
  private static int whole(byte[] head) {
    int length = head.length;
    while (length > 0 && length > head.length - 4 && head[length - 1] < 0) {
      length--;
    }
    return length == 0 || head[length - 1] < 0 ? head.length : length;
  }

  private static boolean isStrict(byte[] bytes, int length) {
    try {
      StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }
}
