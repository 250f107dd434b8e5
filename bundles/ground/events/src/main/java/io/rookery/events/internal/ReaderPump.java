// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal;

import io.rookery.events.EventReader;
import io.rookery.events.internal.read.ReaderLoop;
import io.rookery.events.internal.read.ReadingSettings;
import io.rookery.persistence.Leases;
import io.rookery.persistence.Transactions;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;

/**
 * Runs every reader that is registered as a service, for as long as it is. All share a few threads;
 * a reader has at most one of them at a time.
 */
@Component(
    service = ReaderPump.class,
    immediate = true,
    configurationPid = EventConfiguration.PID,
    reference = @Reference(name = "upkeep", service = LogUpkeep.class))
public final class ReaderPump {

  private final Transactions transactions;
  private final Leases leases;
  private final ReadingSettings settings;
  private final ScheduledThreadPoolExecutor executor;
  private final Map<EventReader, ReaderLoop> loops = new ConcurrentHashMap<>();

  /** Runs readers of a log that is kept. */
  @Activate
  public ReaderPump(
      @Reference Transactions transactions,
      @Reference Leases leases,
      EventConfiguration configuration) {
    this(
        transactions,
        leases,
        ReadingSettings.polling(Duration.ofMillis(configuration.poll_millis())),
        configuration.threads());
  }

  /** Runs readers by given settings on so many threads. */
  public ReaderPump(
      Transactions transactions, Leases leases, ReadingSettings settings, int threads) {
    this.transactions = transactions;
    this.leases = leases;
    this.settings = settings;
    this.executor = new ScheduledThreadPoolExecutor(threads, named());
    this.executor.setRemoveOnCancelPolicy(true);
  }

  private static ThreadFactory named() {
    AtomicInteger count = new AtomicInteger();
    return work -> new Thread(work, "rookery-event-reader-" + count.incrementAndGet());
  }

  /** Begins to run a reader. */
  @Reference(
      name = "reader",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "remove")
  public void add(EventReader reader) {
    ReaderLoop loop = new ReaderLoop(transactions, leases, reader, settings, executor);
    loops.put(reader, loop);
    loop.start();
  }

  /** Stops a reader after its present turn. */
  public void remove(EventReader reader) {
    ReaderLoop loop = loops.remove(reader);
    if (loop != null) {
      loop.stop();
    }
  }

  /** Stops all readers. */
  @Deactivate
  public void close() {
    loops.keySet().forEach(this::remove);
    executor.shutdown();
    try {
      if (!executor.awaitTermination(5, TimeUnit.SECONDS)) {
        executor.shutdownNow();
      }
    } catch (InterruptedException e) {
      executor.shutdownNow();
      Thread.currentThread().interrupt();
    }
  }
}
