// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.rates;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.sending.internal.line.LaneKey;
import io.rookery.sending.internal.rates.RateMeter.Counted;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notes what this node counted every few seconds, for all tenants in one statement, off the way of
 * messages. What cannot be noted now is noted later, in the interval of that moment.
 */
public final class RatePublisher implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(RatePublisher.class);
  private static final Duration EVERY = Duration.ofSeconds(5);

  private final Transactions transactions;
  private final RateMeter meter;
  private final Supplier<Map<LaneKey, Integer>> inFlight;
  private final String node;
  private final Clock clock;
  private final RateRows rows = new RateRows();
  private final RateStore store = new RateStore();
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(RatePublisher::thread);

  /** Notes the counts of a meter, and what is in flight, under a node's name. */
  public RatePublisher(
      Transactions transactions,
      RateMeter meter,
      Supplier<Map<LaneKey, Integer>> inFlight,
      String node,
      Clock clock) {
    this.transactions = transactions;
    this.meter = meter;
    this.inFlight = inFlight;
    this.node = node;
    this.clock = clock;
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rookery-sending-rates");
    thread.setDaemon(true);
    return thread;
  }

  /** Begins to note. */
  public RatePublisher start() {
    timer.scheduleWithFixedDelay(
        this::publish, EVERY.toMillis(), EVERY.toMillis(), TimeUnit.MILLISECONDS);
    return this;
  }

  /** Notes what was counted up to now; never throws. */
  synchronized void publish() {
    List<Counted> taken = meter.take();
    try {
      List<RateRow> noted = rows.of(taken, inFlight.get());
      if (!noted.isEmpty()) {
        transactions.system(
            SystemPurpose.MONITORING,
            connection -> {
              store.add(connection, node, clock.instant(), noted);
              return null;
            });
      }
    } catch (RuntimeException e) {
      meter.giveBack(taken);
      LOG.debug("Rates are not noted now: {}", e.toString());
    }
  }

  /** Notes the rest. */
  @Override
  public void close() {
    timer.shutdownNow();
    publish();
  }
}
