// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.server;

/** Waits between two looks at a process that is not ours to be told about. */
final class Pause {

  private Pause() {}

  static void millis(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new ServerException("Interrupted while waiting for PostgreSQL", e);
    }
  }
}
