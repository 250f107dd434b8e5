// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.vault;

import io.rookery.spi.secrets.SecretStoreException;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;

/**
 * Answers for a server that has failed again and again, so that callers do not wait for it: for a
 * second, then for up to ten, after which one call at a time may try. Thread-safe.
 */
final class Breaker {

  private static final int FAILURES = 3;
  private static final long FIRST_NANOS = 1_000_000_000L;
  private static final long LONGEST_NANOS = 10 * FIRST_NANOS;

  private final LongSupplier nanos;
  private int failures;
  private long pause = FIRST_NANOS;
  private long closedUntil;
  private boolean trying;
  private SecretStoreException last;

  Breaker() {
    this(System::nanoTime);
  }

  Breaker(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Lets a call through, or throws what the last one failed with. */
  synchronized void admit() {
    if (failures < FAILURES) {
      return;
    }
    if (trying || nanos.getAsLong() - closedUntil < 0) {
      throw new SecretStoreException(last.kind(), last.getMessage(), null);
    }
    trying = true;
  }

  /** Tells that an admitted call had an answer. */
  synchronized void answered() {
    failures = 0;
    pause = FIRST_NANOS;
    trying = false;
  }

  /** Tells that an admitted call found the server away or sealed. */
  synchronized void failed(SecretStoreException failure) {
    failures++;
    last = failure;
    trying = false;
    if (failures >= FAILURES) {
      closedUntil =
          nanos.getAsLong() + (long) (pause * ThreadLocalRandom.current().nextDouble(0.8, 1.2));
      pause = Math.min(pause * 2, LONGEST_NANOS);
    }
  }

  /** Tells that an admitted call ended without a word about the server. */
  synchronized void withdrawn() {
    trying = false;
  }
}
