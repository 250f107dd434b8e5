// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * A tenant's outcomes that wait to be recorded. A commit costs about as much for one outcome as for
 * twenty, so one waits for a few milliseconds while more are out than have come: whoever sends one
 * message at a time waits for nothing, and a full window is recorded by halves. Any thread adds,
 * one takes.
 */
final class Inbox {

  private static final int BLOCK = 64;
  private static final long PATIENCE = TimeUnit.MILLISECONDS.toNanos(4);

  private final UUID tenantId;
  private final ConcurrentLinkedQueue<Recorder.Entry> entries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger arrived = new AtomicInteger();
  private final AtomicInteger out = new AtomicInteger();
  private final AtomicBoolean busy = new AtomicBoolean();
  private volatile Thread gathering;

  Inbox(UUID tenantId) {
    this.tenantId = tenantId;
  }

  UUID tenantId() {
    return tenantId;
  }

  /** Notes that the outcome of one more message is to be expected. */
  void expect() {
    out.incrementAndGet();
  }

  /** Takes an outcome; what is told of a message a second time was expected once. */
  void add(Recorder.Entry entry) {
    if (!entry.row().late()) {
      out.decrementAndGet();
    }
    entries.add(entry);
    arrived.incrementAndGet();
    Thread waiting = gathering;
    if (waiting != null && isEnough()) {
      LockSupport.unpark(waiting);
    }
  }

  private boolean isEnough() {
    int here = arrived.get();
    return here >= BLOCK || here >= out.get();
  }

  /** Returns whether there is something and the caller is the one who is to take it. */
  boolean claim() {
    return arrived.get() > 0 && busy.compareAndSet(false, true);
  }

  /** Ends a {@link #claim}. */
  void release() {
    busy.set(false);
  }

  /** Waits for more, unless somebody has no time, and takes what there is then. */
  List<Recorder.Entry> take(BooleanSupplier hurry) {
    gather(hurry);
    List<Recorder.Entry> block = new ArrayList<>(BLOCK);
    for (Recorder.Entry entry = entries.poll(); entry != null; entry = entries.poll()) {
      block.add(entry);
      if (block.size() == BLOCK) {
        break;
      }
    }
    arrived.addAndGet(-block.size());
    return block;
  }

  private void gather(BooleanSupplier hurry) {
    long end = System.nanoTime() + PATIENCE;
    gathering = Thread.currentThread();
    try {
      for (long left = PATIENCE; left > 0 && !isEnough(); left = end - System.nanoTime()) {
        if (hurry.getAsBoolean() || Thread.currentThread().isInterrupted()) {
          return;
        }
        LockSupport.parkNanos(this, left);
      }
    } finally {
      gathering = null;
    }
  }
}
