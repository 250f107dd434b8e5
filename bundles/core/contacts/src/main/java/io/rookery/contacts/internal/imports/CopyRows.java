// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.UUID;

/**
 * Rows in COPY's binary format (PostgreSQL manual, COPY, Binary Format): the server reads it with
 * less work than text, and nothing is escaped or written as hexadecimal digits. Fields are added in
 * the order of the columns. For one thread.
 */
final class CopyRows {

  private static final byte[] SIGNATURE = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0
  };
  private static final int NULL = -1;
  private static final int INT8 = 20;
  private static final byte JSONB_VERSION = 1;

  private byte[] bytes;
  private int length;

  /** Begins with room for some bytes; more is made as it is needed. */
  CopyRows(int expected) {
    bytes = new byte[Math.max(64, expected)];
    put(SIGNATURE);
    int32(0);
    int32(0);
  }

  /** Begins a row. */
  CopyRows row(int fields) {
    int16(fields);
    return this;
  }

  CopyRows uuid(UUID value) {
    int32(2 * Long.BYTES);
    int64(value.getMostSignificantBits());
    int64(value.getLeastSignificantBits());
    return this;
  }

  /** Adds text, which may be null. */
  CopyRows text(String value) {
    return value == null ? absent() : bytea(value.getBytes(StandardCharsets.UTF_8));
  }

  CopyRows jsonb(String value) {
    byte[] json = value.getBytes(StandardCharsets.UTF_8);
    int32(json.length + 1);
    put(JSONB_VERSION);
    put(json);
    return this;
  }

  CopyRows bytea(byte[] value) {
    int32(value.length);
    put(value);
    return this;
  }

  /** Adds a truth value, which may be null. */
  CopyRows bool(Boolean value) {
    if (value == null) {
      return absent();
    }
    int32(1);
    put(value ? (byte) 1 : 0);
    return this;
  }

  /** Adds an array of bigint. */
  CopyRows bigints(long[] values) {
    boolean empty = values.length == 0;
    int32(3 * Integer.BYTES + (empty ? 0 : 2 * Integer.BYTES) + values.length * 12);
    int32(empty ? 0 : 1);
    int32(0);
    int32(INT8);
    if (!empty) {
      int32(values.length);
      int32(1);
    }
    for (long value : values) {
      int32(Long.BYTES);
      int64(value);
    }
    return this;
  }

  /** Ends the rows and returns them. */
  byte[] end() {
    int16(-1);
    return Arrays.copyOf(bytes, length);
  }

  private CopyRows absent() {
    int32(NULL);
    return this;
  }

  private void int64(long value) {
    int32((int) (value >>> 32));
    int32((int) value);
  }

  private void int32(int value) {
    int16(value >>> 16);
    int16(value);
  }

  private void int16(int value) {
    put((byte) (value >>> 8));
    put((byte) value);
  }

  private void put(byte value) {
    room(1);
    bytes[length++] = value;
  }

  private void put(byte[] value) {
    room(value.length);
    System.arraycopy(value, 0, bytes, length, value.length);
    length += value.length;
  }

  private void room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
  }
}
