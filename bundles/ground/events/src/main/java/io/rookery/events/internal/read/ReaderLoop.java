// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.events.EventReader;
import io.rookery.persistence.Leases;
import io.rookery.persistence.Leases.Lease;
import io.rookery.persistence.Transactions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one reader turn by turn on a shared executor, as long as this node holds the reader's lease;
 * otherwise it asks for the lease once a second.
 */
public final class ReaderLoop implements Runnable {

  private static final Logger LOG = LoggerFactory.getLogger(ReaderLoop.class);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final int STOP_SECONDS = 10;

  private final Transactions transactions;
  private final Leases leases;
  private final EventReader reader;
  private final ReadingSettings settings;
  private final ScheduledExecutorService executor;
  private final ReentrantLock busy = new ReentrantLock();
  private volatile boolean stopped;
  private Lease lease;
  private ReaderRun run;

  /** Prepares to run a reader on an executor. */
  public ReaderLoop(
      Transactions transactions,
      Leases leases,
      EventReader reader,
      ReadingSettings settings,
      ScheduledExecutorService executor) {
    this.transactions = transactions;
    this.leases = leases;
    this.reader = reader;
    this.settings = settings;
    this.executor = executor;
  }

  /** Begins to run. */
  public void start() {
    executor.execute(this);
  }

  @Override
  public void run() {
    Duration wait;
    busy.lock();
    try {
      wait = stopped ? null : next();
    } catch (LeaseLostException e) {
      LOG.info("The reader {} goes on elsewhere: {}", reader.name(), e.getMessage());
      wait = PAUSE;
      release();
    } catch (RuntimeException | Error e) {
      LOG.warn("The reader {} pauses", reader.name(), e);
      wait = PAUSE;
    } finally {
      busy.unlock();
    }
    again(wait);
  }

  private void again(Duration wait) {
    if (wait == null || stopped) {
      return;
    }
    try {
      executor.schedule(this, wait.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The reader {} ends with its node", reader.name());
    }
  }

  /** Does one turn; returns how long to wait before the next. */
  Duration next() {
    if (lease == null || !lease.valid()) {
      release();
      Optional<Lease> taken = leases.acquire("reader/" + reader.name());
      if (taken.isEmpty()) {
        return PAUSE;
      }
      lease = taken.get();
    }
    if (run == null) {
      ReaderRun fresh = new ReaderRun(transactions, reader, lease, settings, () -> stopped);
      fresh.begin();
      run = fresh;
    }
    return run.turn() ? Duration.ZERO : rest();
  }

  private Duration rest() {
    Duration wanted = reader.rest();
    return wanted.compareTo(settings.poll()) > 0 ? wanted : settings.poll();
  }

  /** Stops after the present turn, for which it waits a while, and gives the lease back. */
  public void stop() {
    stopped = true;
    try {
      if (busy.tryLock(STOP_SECONDS, TimeUnit.SECONDS)) {
        try {
          release();
        } finally {
          busy.unlock();
        }
      } else {
        LOG.warn("The reader {} does not end; its lease will", reader.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void release() {
    Lease held = lease;
    ReaderRun ended = run;
    lease = null;
    run = null;
    if (held == null) {
      return;
    }
    try {
      if (ended != null) {
        ended.end();
      }
      held.close();
    } catch (RuntimeException e) {
      LOG.debug("The lease of the reader {} ends by itself", reader.name(), e);
    }
  }
}
