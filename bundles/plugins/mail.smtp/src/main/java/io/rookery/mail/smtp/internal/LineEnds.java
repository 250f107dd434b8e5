// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Looks for line ends, eight octets at a time: every octet of every message passes here twice. */
final class LineEnds {

  private static final VarHandle WORDS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long ONES = 0x0101010101010101L;
  private static final long HIGH = 0x8080808080808080L;

  private LineEnds() {}

  /**
   * Returns the index of the first CR or LF from an index on, or the length where there is none.
   */
  static int next(byte[] content, int from) {
    int at = from;
    while (at + Long.BYTES <= content.length && !any((long) WORDS.get(content, at))) {
      at += Long.BYTES;
    }
    while (at < content.length && content[at] != '\r' && content[at] != '\n') {
      at++;
    }
    return at;
  }

  /** Returns whether any of a word's octets is CR or LF. */
  private static boolean any(long word) {
    return ((zero(word ^ ONES * '\r') | zero(word ^ ONES * '\n')) & HIGH) != 0;
  }

  /** Sets the highest bit of an octet that is zero; above such a one it may set others, too. */
  private static long zero(long word) {
    return (word - ONES) & ~word;
  }

  /**
   * Returns whether every CR is followed by LF and every LF preceded by CR. Where servers disagree
   * on bare ones, a message can end early and another begin inside it (SMTP smuggling).
   */
  static boolean areClean(byte[] content) {
    for (int at = next(content, 0); at < content.length; at = next(content, at + 2)) {
      if (content[at] != '\r' || at + 1 == content.length || content[at + 1] != '\n') {
        return false;
      }
    }
    return true;
  }
}
