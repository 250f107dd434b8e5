// SPDX-License-Identifier: Apache-2.0
package io.rookery.rest.internal.filter;

import io.rookery.kernel.RookeryException;
import java.lang.ref.Cleaner;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Counts the large bodies that are held in memory, so that their number, which is the callers'
 * choice, cannot exhaust it. A place that is not given back, as an error ended its request without
 * an answer, comes back once nobody holds it any more. Thread-safe.
 */
final class LargeBodies {

  /** A body is held as octets, once more while it is parsed, and as the objects made of it. */
  private static final int COPIES = 4;

  /** Large bodies take at most this part of the memory. */
  private static final int PART = 4;

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration AGAIN = Duration.ofSeconds(2);

  private final Semaphore places;
  private final Cleaner lost = Cleaner.create();

  /** Admits as many bodies of a size as fit into a part of this process's memory, at least one. */
  LargeBodies(int largest) {
    this((int) Math.max(1, Runtime.getRuntime().maxMemory() / PART / COPIES / largest), true);
  }

  LargeBodies(int places, boolean fair) {
    this.places = new Semaphore(places, fair);
  }

  /** A large body's place; given back once, however often that is done. */
  final class Place implements AutoCloseable {
    private final Cleaner.Cleanable held = lost.register(this, places::release);

    @Override
    public void close() {
      held.clean();
    }
  }

  /**
   * Returns a place, after a wait where all are taken.
   *
   * @throws RookeryException {@code unavailable} where none came free
   */
  Place take() {
    try {
      if (places.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        return new Place();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw RookeryException.unavailable(
        "Too many large requests are being read; repeat this one", AGAIN, null);
  }

  int free() {
    return places.availablePermits();
  }
}
