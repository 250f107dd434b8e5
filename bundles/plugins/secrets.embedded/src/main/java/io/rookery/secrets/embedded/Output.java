// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Writes the formats in which this store keeps things: numbers big-endian, bytes after their count.
 */
final class Output {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final DataOutputStream out = new DataOutputStream(bytes);

  Output number(int value) {
    return write(() -> out.writeInt(value));
  }

  Output number(long value) {
    return write(() -> out.writeLong(value));
  }

  Output flag(boolean value) {
    return write(() -> out.writeBoolean(value));
  }

  Output bytes(byte[] value) {
    return write(
        () -> {
          out.writeInt(value.length);
          out.write(value);
        });
  }

  Output text(String value) {
    return bytes(value.getBytes(StandardCharsets.UTF_8));
  }

  byte[] toBytes() {
    return bytes.toByteArray();
  }

  private Output write(Step step) {
    try {
      step.run();
      return this;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @FunctionalInterface
  private interface Step {

    void run() throws IOException;
  }
}
