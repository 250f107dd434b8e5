// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** Reads what {@link Output} wrote. */
final class Input {

  private final ByteBuffer buffer;

  private Input(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  /** Reads a whole thing of a format; anything that does not fit it is {@code UNREADABLE}. */
  static <T> T read(byte[] bytes, int format, Function<Input, T> reader) {
    try {
      Input input = new Input(bytes);
      if (input.number() != format) {
        throw Failures.unreadable("What is kept of a secret has a format of another release");
      }
      return reader.apply(input);
    } catch (BufferUnderflowException | IllegalArgumentException e) {
      throw Failures.unreadable("What is kept of a secret is damaged", e);
    }
  }

  /** Returns the format that something says it has, or 0 where it is too short to say. */
  static int format(byte[] bytes) {
    return bytes.length < Integer.BYTES ? 0 : ByteBuffer.wrap(bytes).getInt();
  }

  int number() {
    return buffer.getInt();
  }

  long longNumber() {
    return buffer.getLong();
  }

  boolean flag() {
    return buffer.get() != 0;
  }

  byte[] bytes() {
    int length = buffer.getInt();
    if (length < 0 || length > buffer.remaining()) {
      throw new BufferUnderflowException();
    }
    byte[] bytes = new byte[length];
    buffer.get(bytes);
    return bytes;
  }

  String text() {
    return new String(bytes(), StandardCharsets.UTF_8);
  }
}
