// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.thread;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;

/** Does one thing again and again on a daemon thread of its own, with a pause in between. */
public final class Periodic implements AutoCloseable {

  private final ScheduledExecutorService executor;
  private final ScheduledFuture<?> schedule;

  private Periodic(String name, Duration wait, Duration pause, Runnable work) {
    this.executor = Executors.newSingleThreadScheduledExecutor(run -> thread(name, run));
    this.schedule =
        executor.scheduleWithFixedDelay(
            work, wait.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
  }

  /** Begins at once; work that throws is not done again, so it must not. */
  public static Periodic now(String name, Duration pause, Runnable work) {
    return new Periodic(name, Duration.ZERO, pause, work);
  }

  /** Begins after the first pause. */
  public static Periodic later(String name, Duration pause, Runnable work) {
    return new Periodic(name, pause, pause, work);
  }

  private static Thread thread(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    return thread;
  }

  /** Ends it; what is being done is interrupted and not waited for. */
  @Override
  public void close() {
    schedule.cancel(true);
    executor.shutdownNow();
  }
}
