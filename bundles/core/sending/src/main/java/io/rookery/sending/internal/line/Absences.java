// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Since when mail backends are missed on this node. Thread-safe. */
final class Absences {

  private final LongSupplier nanos;
  private final Map<String, Long> since = new ConcurrentHashMap<>();

  Absences(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /** Notes whether a backend is there; returns for how long it has been missed. */
  Duration note(String backend, boolean there) {
    if (there) {
      since.remove(backend);
      return Duration.ZERO;
    }
    long now = nanos.getAsLong();
    return Duration.ofNanos(now - since.computeIfAbsent(backend, name -> now));
  }
}
