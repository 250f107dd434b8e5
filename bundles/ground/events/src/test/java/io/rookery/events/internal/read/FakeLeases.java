// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.persistence.Leases;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** Leases in memory that a test can take away. Fences rise over all of them. */
final class FakeLeases implements Leases {

  private static final AtomicLong FENCES = new AtomicLong();

  private final Map<String, FakeLease> held = new ConcurrentHashMap<>();
  private final boolean generous;

  /** Hands a lease to one holder at a time, or where generous to whoever asks. */
  FakeLeases(boolean generous) {
    this.generous = generous;
  }

  @Override
  public String nodeId() {
    return "node";
  }

  @Override
  public boolean alive() {
    return true;
  }

  @Override
  public synchronized Optional<Lease> acquire(String name) {
    FakeLease before = held.get(name);
    if (before != null && before.valid && !generous) {
      return Optional.empty();
    }
    FakeLease lease = new FakeLease(name, FENCES.incrementAndGet());
    held.put(name, lease);
    return Optional.of(lease);
  }

  /** Ends the present holder's lease behind its back. */
  synchronized void expire(String name) {
    FakeLease lease = held.get(name);
    if (lease != null) {
      lease.valid = false;
    }
  }

  private static final class FakeLease implements Lease {

    private final String name;
    private final long fence;
    private volatile boolean valid = true;

    FakeLease(String name, long fence) {
      this.name = name;
      this.fence = fence;
    }

    @Override
    public String name() {
      return name;
    }

    @Override
    public long fence() {
      return fence;
    }

    @Override
    public boolean valid() {
      return valid;
    }

    @Override
    public void close() {
      valid = false;
    }
  }
}
