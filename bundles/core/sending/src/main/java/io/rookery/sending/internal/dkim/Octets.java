// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.dkim;

import java.util.Arrays;

/** Octets that grow and are used again; unlike those of the JDK without locks and copies. */
final class Octets {

  private byte[] array;
  private int length;

  Octets(int size) {
    this.array = new byte[size];
  }

  byte[] array() {
    return array;
  }

  int length() {
    return length;
  }

  /** Forgets what stands behind a length. */
  void cut(int to) {
    length = to;
  }

  void append(int octet) {
    reserve(1);
    array[length++] = (byte) octet;
  }

  void append(byte[] octets) {
    append(octets, 0, octets.length);
  }

  void append(byte[] octets, int offset, int count) {
    reserve(count);
    System.arraycopy(octets, offset, array, length, count);
    length += count;
  }

  /** Appends a number in decimal, at least zero. */
  void appendDecimal(long number) {
    reserve(20);
    int end = length + 1;
    for (long rest = number; rest > 9; rest /= 10) {
      end++;
    }
    length = end;
    long rest = number;
    do {
      array[--end] = (byte) ('0' + rest % 10);
      rest /= 10;
    } while (rest > 0);
  }

  private void reserve(int more) {
    if (length + more > array.length) {
      array = Arrays.copyOf(array, array.length + array.length / 2 + more);
    }
  }
}
