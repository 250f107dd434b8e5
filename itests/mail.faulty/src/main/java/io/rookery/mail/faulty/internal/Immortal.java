// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.faulty.internal;

import java.util.concurrent.TimeUnit;

/** Threads that nobody gets rid of. */
final class Immortal {

  private Immortal() {}

  /** Starts threads that live on for as long as the JVM does. */
  static void threads(int count) {
    for (int i = 1; i <= count; i++) {
      Thread thread = new Thread(Immortal::live, "faulty-leak-" + i);
      thread.setDaemon(true);
      thread.start();
    }
  }

  /** Never returns, whoever interrupts. */
  static void live() {
    while (true) {
      try {
        TimeUnit.DAYS.sleep(1);
      } catch (InterruptedException e) {
        // That is the fault.
        continue;
      }
    }
  }
}
