// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.ssh;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Keeps the beginning of what a host says. */
final class BoundedBytes extends ByteArrayOutputStream {

  private static final int MOST = 64 * 1024;

  @Override
  public synchronized void write(int value) {
    if (size() < MOST) {
      super.write(value);
    }
  }

  @Override
  public synchronized void write(byte[] bytes, int offset, int length) {
    super.write(bytes, offset, Math.max(0, Math.min(length, MOST - size())));
  }

  String text() {
    return toString(StandardCharsets.UTF_8);
  }
}
