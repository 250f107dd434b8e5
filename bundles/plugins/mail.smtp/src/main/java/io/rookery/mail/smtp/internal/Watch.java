// SPDX-License-Identifier: Apache-2.0
package io.rookery.mail.smtp.internal;

import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks after everything that may hang. Blocking reads have no limit for a whole reply and blocking
 * writes have none at all, and neither hears an interruption; so one thread looks at each
 * connection a few times a second and closes those whose time is up. Thread-safe.
 */
final class Watch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Watch.class);
  private static final Duration INTERVAL = Duration.ofMillis(100);

  private final Set<Watched> watched = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService thread;

  Watch() {
    thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread made = new Thread(work, "rookery-smtp-watch");
              made.setDaemon(true);
              return made;
            });
    long interval = INTERVAL.toMillis();
    thread.scheduleWithFixedDelay(this::look, interval, interval, TimeUnit.MILLISECONDS);
  }

  private void look() {
    long now = System.nanoTime();
    for (Watched one : watched) {
      try {
        one.look(now);
      } catch (RuntimeException e) {
        LOG.warn("A connection could not be looked after", e);
      }
    }
  }

  void add(Watched one) {
    watched.add(one);
  }

  void remove(Watched one) {
    watched.remove(one);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  /** What is looked at; must not block. */
  interface Watched {

    /** Acts where time is up; {@code now} is of {@link System#nanoTime}. */
    void look(long now);
  }
}
