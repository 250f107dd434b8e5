// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.line;

import io.rookery.kernel.RookeryException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;

/**
 * Bounds the memory that mails with files take while they are on their way, however many senders
 * there are. A sender's thread holds the place of one mail at a time, until it begins the next or
 * its call ends. Thread-safe.
 */
public final class LargeMails {

  /** Files are held as octets, as base64 in the mail and once more while it grows. */
  private static final int COPIES = 5;

  /** Large mails take at most this part of the memory. */
  private static final int PART = 4;

  /** Up to here a mail is one of those that senders hold anyway. */
  private static final int SMALL = 256 * 1024;

  private static final int UNIT = 64 * 1024;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final int all;
  private final Semaphore free;
  private final Map<Thread, Integer> held = new ConcurrentHashMap<>();

  /** Lets large mails take a part of this process's memory. */
  public LargeMails() {
    this(Runtime.getRuntime().maxMemory() / PART / COPIES);
  }

  /** Lets the files of large mails have so many octets together. */
  LargeMails(long octets) {
    this.all = (int) Math.max(1, Math.min(Integer.MAX_VALUE, octets / UNIT));
    this.free = new Semaphore(all, true);
  }

  /**
   * Takes a place for the present thread's next mail, after giving back that of the one before. One
   * that is larger than all there is waits until it is alone.
   *
   * @param octets how much its files have together
   * @throws RookeryException {@code unavailable} where no place came free
   */
  void take(long octets) {
    give();
    if (octets <= SMALL) {
      return;
    }
    int wanted = (int) Math.min(all, 1 + octets / UNIT);
    try {
      if (free.tryAcquire(wanted, PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
        held.put(Thread.currentThread(), wanted);
        return;
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    throw RookeryException.unavailable("Other large mails are on their way", PATIENCE, null);
  }

  /** Gives back the place that the present thread holds, where it does. */
  void give() {
    Integer taken = held.remove(Thread.currentThread());
    if (taken != null) {
      free.release(taken);
    }
  }

  int free() {
    return free.availablePermits();
  }
}
