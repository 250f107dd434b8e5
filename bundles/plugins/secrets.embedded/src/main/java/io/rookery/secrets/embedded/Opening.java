// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.embedded;

import io.rookery.spi.secrets.SecretStoreException;
import io.rookery.spi.secrets.SecretStoreException.Kind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;

/**
 * Opens the key ring when it is first asked for, as the database may come later than this store. A
 * refused master key is remembered for a moment: deriving one is slow on purpose.
 */
final class Opening {

  private static final Duration REMEMBERED = Duration.ofSeconds(5);

  private final Shelf shelf;
  private final MasterSource source;
  private final Clock clock;
  private volatile Runnable watch = () -> {};
  private volatile KeyRing ring;
  private SecretStoreException refusal;
  private Instant refusedAt;

  Opening(Shelf shelf, MasterSource source, Clock clock) {
    this.shelf = shelf;
    this.source = source;
    this.clock = clock;
  }

  /** Tells somebody of each time that the master key is refused from now on. */
  void watch(Runnable watch) {
    this.watch = watch;
  }

  KeyRing ring() {
    KeyRing open = ring;
    return open != null ? open : open();
  }

  private synchronized KeyRing open() {
    if (ring != null) {
      return ring;
    }
    if (refusal != null && clock.instant().isBefore(refusedAt.plus(REMEMBERED))) {
      throw new SecretStoreException(refusal.kind(), refusal.getMessage(), refusal);
    }
    try {
      refusal = null;
      ring = KeyRing.open(shelf, source);
      return ring;
    } catch (SecretStoreException e) {
      if (e.kind() == Kind.UNREADABLE) {
        refusal = e;
        refusedAt = clock.instant();
        watch.run();
      }
      throw e;
    }
  }
}
