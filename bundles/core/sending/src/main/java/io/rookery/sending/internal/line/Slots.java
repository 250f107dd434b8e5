// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * The node's window: how many messages may be given away without a recorded outcome. It bounds what
 * a crash can double. No account takes more than its share, and an account that left an answer open
 * is down to one slot until it answers again. A freed slot is handed to whoever has waited longest
 * and may have it, and nobody else is woken. Thread-safe.
 */
public final class Slots {

  private final int window;
  private final int perAccount;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition idle = lock.newCondition();
  private final Map<UUID, Integer> held = new HashMap<>();
  private final Set<UUID> slow = ConcurrentHashMap.newKeySet();

  /** Whoever waits: as long as there is one, no free slot is such that it could have it. */
  private final Deque<Waiter> waiters = new ArrayDeque<>();

  private int taken;

  /** Makes a window of a number of slots; an account holds at most its share of them. */
  public Slots(int window, int perAccount) {
    this.window = window;
    this.perAccount = Math.min(window, perAccount);
  }

  private static final class Waiter {
    private final UUID account;
    private final Condition granted;
    private boolean has;

    Waiter(UUID account, Condition granted) {
      this.account = account;
      this.granted = granted;
    }
  }

  /** Takes a slot, waiting for one as long as is said; returns whether it got one. */
  public boolean take(UUID account, Duration wait) throws InterruptedException {
    lock.lockInterruptibly();
    try {
      if (mayHave(account)) {
        give(account);
        return true;
      }
      long nanos = wait.toNanos();
      return nanos > 0 && await(new Waiter(account, lock.newCondition()), nanos);
    } finally {
      lock.unlock();
    }
  }

  private boolean await(Waiter waiter, long nanos) throws InterruptedException {
    waiters.addLast(waiter);
    try {
      for (long left = nanos; !waiter.has && left > 0; ) {
        left = waiter.granted.awaitNanos(left);
      }
    } catch (InterruptedException e) {
      if (waiter.has) {
        takeBack(waiter.account);
      }
      throw e;
    } finally {
      if (!waiter.has) {
        waiters.remove(waiter);
      }
    }
    return waiter.has;
  }

  private boolean mayHave(UUID account) {
    int share = slow.contains(account) ? 1 : perAccount;
    return taken < window && held.getOrDefault(account, 0) < share;
  }

  private void give(UUID account) {
    taken++;
    held.merge(account, 1, Integer::sum);
  }

  private void takeBack(UUID account) {
    taken--;
    if (held.computeIfPresent(account, (id, count) -> count == 1 ? null : count - 1) == null) {
      idle.signalAll();
    }
    handOut();
  }

  private void handOut() {
    for (Iterator<Waiter> all = waiters.iterator(); taken < window && all.hasNext(); ) {
      Waiter waiter = all.next();
      if (mayHave(waiter.account)) {
        all.remove();
        give(waiter.account);
        waiter.has = true;
        waiter.granted.signal();
      }
    }
  }

  /** Gives a slot back. */
  public void free(UUID account) {
    lock.lock();
    try {
      takeBack(account);
    } finally {
      lock.unlock();
    }
  }

  /** Holds an account down to one slot, or lets it have its share again. */
  public void slow(UUID account, boolean on) {
    // Asked with every answer, and nearly always told what is known.
    if (slow.contains(account) == on) {
      return;
    }
    lock.lock();
    try {
      if (on ? slow.add(account) : slow.remove(account)) {
        handOut();
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
        left = idle.awaitNanos(left);
      }
      return true;
    } finally {
      lock.unlock();
    }
  }
}
