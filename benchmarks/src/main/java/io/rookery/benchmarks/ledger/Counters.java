// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.ledger;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** What goes on in the sink. Thread-safe. */
final class Counters {

  private final AtomicInteger connections = new AtomicInteger();
  private final AtomicInteger inside = new AtomicInteger();
  private final AtomicLong accepted = new AtomicLong();
  private final AtomicLong refused = new AtomicLong();

  void connected(int change) {
    connections.addAndGet(change);
  }

  /** Notes that a connection entered DATA, or left it by the final reply. */
  void inside(int change) {
    inside.addAndGet(change);
  }

  void accepted() {
    accepted.incrementAndGet();
  }

  /** Notes that a message was refused as too much at a time. */
  void refused() {
    refused.incrementAndGet();
  }

  /** Returns the counts as they go over the control port. */
  String text() {
    return inside.get() + " " + connections.get() + " " + accepted.get() + " " + refused.get();
  }
}
