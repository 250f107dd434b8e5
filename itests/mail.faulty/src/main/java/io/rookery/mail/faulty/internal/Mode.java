// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.faulty.internal;

/** The ways to fail. */
enum Mode {
  /** Not at all. */
  GOOD,
  /** Puts off every second message without having sent it. */
  HALF,
  /** Throws at every second message, once it was granted. */
  THROW,
  /** Never comes back from the first message that it was granted, whoever interrupts. */
  HANG,
  /** Does not start. */
  ACTIVATION,
  /** Starts threads that outlive it. */
  THREADS,
  /** Has its own bundle uninstalled in the middle of sending. */
  VANISH
}
