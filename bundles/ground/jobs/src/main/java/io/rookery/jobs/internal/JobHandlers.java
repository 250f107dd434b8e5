// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.JobHandler;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The handlers of this node and what each of them is doing. Thread-safe. */
final class JobHandlers {

  private static final Logger LOG = LoggerFactory.getLogger(JobHandlers.class);
  private static final long PATIENCE_SECONDS = 10;

  private final CopyOnWriteArrayList<JobHandler> handlers = new CopyOnWriteArrayList<>();
  private final Map<StoredRun, JobHandler> runs = new ConcurrentHashMap<>();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition ended = lock.newCondition();

  void add(JobHandler handler) {
    handlers.add(handler);
  }

  /** Takes a handler away, once what it does has ended or has been waited for long enough. */
  void remove(JobHandler handler) {
    handlers.remove(handler);
    runs.forEach(
        (run, its) -> {
          if (its.equals(handler)) {
            run.release();
          }
        });
    await(handler);
  }

  /** Has every run end at its next step. */
  void releaseAll() {
    runs.keySet().forEach(StoredRun::release);
  }

  Optional<JobHandler> find(String kind) {
    return handlers.stream().filter(handler -> handler.kind().equals(kind)).findFirst();
  }

  void began(StoredRun run, JobHandler handler) {
    runs.put(run, handler);
    if (!handlers.contains(handler)) {
      run.release();
    }
  }

  void ended(StoredRun run) {
    lock.lock();
    try {
      runs.remove(run);
      ended.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void await(JobHandler handler) {
    long nanos = TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
    lock.lock();
    try {
      while (Set.copyOf(runs.values()).contains(handler) && nanos > 0) {
        nanos = ended.awaitNanos(nanos);
      }
      if (nanos <= 0) {
        LOG.warn("A job of kind {} does not end with its handler", handler.kind());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      lock.unlock();
    }
  }
}
