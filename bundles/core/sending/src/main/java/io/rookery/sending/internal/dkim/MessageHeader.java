// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import java.util.Arrays;

/**
 * Where the fields that are signed stand in a message, found in one pass over its header; lines end
 * with CRLF. Used again for message after message, by one thread at a time.
 */
final class MessageHeader {

  private static final int NONE = -1;

  /** Lowest occurrence of each field, from which {@link #above} leads on. */
  private final int[] lowest = new int[SignedField.values().length];

  private final int[] times = new int[SignedField.values().length];
  private int[] begins = new int[32];
  private int[] ends = new int[32];
  private int[] above = new int[32];
  private int found;
  private int body;
  private byte[] message;

  /** Reads a message's header. */
  void read(byte[] octets) {
    message = octets;
    found = 0;
    Arrays.fill(lowest, NONE);
    Arrays.fill(times, 0);
    int at = 0;
    while (at < octets.length && !lineEnds(at)) {
      at = readField(at);
    }
    body = Math.min(octets.length, at + 2);
  }

  private boolean lineEnds(int at) {
    return at + 1 < message.length && message[at] == '\r' && message[at + 1] == '\n';
  }

  /** Reads the field at an index and returns the index of the next. */
  private int readField(int begin) {
    int colon = begin;
    while (colon < message.length && message[colon] != ':' && message[colon] != '\r') {
      colon++;
    }
    int end = colon;
    while (end < message.length && !(lineEnds(end) && !isBlank(end + 2))) {
      end++;
    }
    if (colon < end && message[colon] == ':') {
      note(begin, colon, end);
    }
    return Math.min(message.length, end + 2);
  }

  private boolean isBlank(int at) {
    return at < message.length && (message[at] == ' ' || message[at] == '\t');
  }

  private void note(int begin, int colon, int end) {
    int nameEnd = colon;
    while (nameEnd > begin && isBlank(nameEnd - 1)) {
      nameEnd--;
    }
    SignedField field = SignedField.find(message, begin, nameEnd);
    if (field == null) {
      return;
    }
    if (found == begins.length) {
      begins = Arrays.copyOf(begins, 2 * found);
      ends = Arrays.copyOf(ends, 2 * found);
      above = Arrays.copyOf(above, 2 * found);
    }
    begins[found] = colon + 1;
    ends[found] = end;
    above[found] = lowest[field.ordinal()];
    lowest[field.ordinal()] = found++;
    times[field.ordinal()]++;
  }

  /** Returns how often a field stands in the header. */
  int times(SignedField field) {
    return times[field.ordinal()];
  }

  /** Returns where the body begins, behind the empty line. */
  int body() {
    return body;
  }

  /**
   * Appends the fields in their relaxed form (RFC 6376 §3.4.2), of those that stand there more than
   * once the lowest first (§5.4.2).
   */
  void writeTo(Octets out) {
    for (SignedField field : SignedField.values()) {
      for (int at = lowest[field.ordinal()]; at != NONE; at = above[at]) {
        field.writeTo(out);
        out.append(':');
        relaxed(message, begins[at], ends[at], out);
        out.append('\r');
        out.append('\n');
      }
    }
  }

  /** Appends a field's value unfolded, with single blanks inside and none around. */
  static void relaxed(byte[] octets, int from, int to, Octets out) {
    boolean blank = false;
    boolean any = false;
    for (int i = from; i < to; i++) {
      byte octet = octets[i];
      if (octet == ' ' || octet == '\t') {
        blank = any;
      } else if (octet != '\r' && octet != '\n') {
        if (blank) {
          out.append(' ');
          blank = false;
        }
        out.append(octet);
        any = true;
      }
    }
  }
}
