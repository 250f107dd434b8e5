// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The node's window: how many messages may be given away without a recorded outcome. It bounds what
 * a crash can double. No account takes more than its share, and an account that left an answer open
 * is down to one slot until it answers again. Thread-safe.
 */
public final class Slots {

  private final int window;
  private final int perAccount;
  private final ReentrantLock lock = new ReentrantLock(true);
  private final Condition freed = lock.newCondition();
  private final Map<UUID, Integer> held = new HashMap<>();
  private final Set<UUID> slow = new HashSet<>();
  private int taken;

  /** Makes a window of a number of slots; an account holds at most its share of them. */
  public Slots(int window, int perAccount) {
    this.window = window;
    this.perAccount = Math.min(window, perAccount);
  }

  /** Takes a slot, waiting for one as long as is said; returns whether it got one. */
  public boolean take(UUID account, Duration wait) throws InterruptedException {
    long left = wait.toNanos();
    lock.lockInterruptibly();
    try {
      while (taken >= window || held.getOrDefault(account, 0) >= share(account)) {
        if (left <= 0) {
          return false;
        }
        left = freed.awaitNanos(left);
      }
      taken++;
      held.merge(account, 1, Integer::sum);
      return true;
    } finally {
      lock.unlock();
    }
  }

  private int share(UUID account) {
    return slow.contains(account) ? 1 : perAccount;
  }

  /** Gives a slot back. */
  public void free(UUID account) {
    lock.lock();
    try {
      taken--;
      held.computeIfPresent(account, (id, count) -> count == 1 ? null : count - 1);
      freed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Holds an account down to one slot, or lets it have its share again. */
  public void slow(UUID account, boolean on) {
    lock.lock();
    try {
      if (on ? slow.add(account) : slow.remove(account)) {
        freed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  /** Returns how many slots are taken. */
  public int taken() {
    lock.lock();
    try {
      return taken;
    } finally {
      lock.unlock();
    }
  }

  /** Waits until an account holds no slot; returns whether that came within the time. */
  public boolean awaitIdle(UUID account, Duration wait) throws InterruptedException {
    long left = TimeUnit.NANOSECONDS.convert(wait);
    lock.lockInterruptibly();
    try {
      while (held.containsKey(account)) {
        if (left <= 0) {
          return false;
        }
        left = freed.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
