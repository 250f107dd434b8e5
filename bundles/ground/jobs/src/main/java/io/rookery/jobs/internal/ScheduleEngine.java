// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.Schedule;
import io.rookery.persistence.Leases;
import io.rookery.persistence.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the upkeep that is registered as services. A node that does not know a schedule which is due
 * leaves it to another a little later.
 */
@Component(
    service = ScheduleEngine.class,
    immediate = true,
    configurationPid = JobConfiguration.PID)
public final class ScheduleEngine {

  static final String TABLE = "scheduled_upkeep";

  private static final Logger LOG = LoggerFactory.getLogger(ScheduleEngine.class);
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration CHECK_EVERY = Duration.ofMinutes(1);
  private static final long PATIENCE_SECONDS = 10;

  private final Map<String, Entry> schedules = new ConcurrentHashMap<>();
  private final EmbeddedScheduler scheduler;
  private final ScheduledExecutorService timer;
  private final Duration elsewhere;
  private final Clock clock;

  /** Begins to run schedules. */
  @Activate
  public ScheduleEngine(
      @Reference Leases leases,
      @Reference(target = "(osgi.jndi.service.name=rookery-system)") DataSource source,
      @Reference(target = "(area=jobs)") Schema schema,
      JobConfiguration configuration) {
    this(
        source, JobSettings.of(leases.nodeId(), configuration.upkeep_threads()), Clock.systemUTC());
  }

  ScheduleEngine(DataSource source, JobSettings settings, Clock clock) {
    this.clock = clock;
    this.elsewhere = settings.firstWait();
    this.scheduler = new EmbeddedScheduler(source, TABLE, settings, this::run);
    this.scheduler.start();
    this.timer =
        Executors.newSingleThreadScheduledExecutor(w -> new Thread(w, "rookery-upkeep-check"));
    long check = CHECK_EVERY.toMillis();
    this.timer.scheduleWithFixedDelay(
        () -> schedules.forEach(this::register), check, check, TimeUnit.MILLISECONDS);
  }

  /** A schedule and whether it runs here. */
  private record Entry(Schedule schedule, ReentrantLock busy) {

    Duration every() {
      Duration every = schedule.every();
      return every.compareTo(SHORTEST) < 0 ? SHORTEST : every;
    }
  }

  private Optional<Instant> run(String name) {
    Entry entry = schedules.get(name);
    if (entry == null) {
      return Optional.of(clock.instant().plus(elsewhere));
    }
    entry.busy().lock();
    try {
      if (schedules.get(name) == entry) {
        entry.schedule().run();
      }
    } catch (InterruptedException e) {
      // The mark stays off: when the next run is due must still be written down.
      LOG.info("The upkeep {} was interrupted", name);
    } catch (Exception | LinkageError e) {
      LOG.warn("The upkeep {} failed", name, e);
    } finally {
      entry.busy().unlock();
    }
    return Optional.of(clock.instant().plus(entry.every()));
  }

  /** Runs a schedule from now on; when it is due first the database may know from before. */
  @Reference(
      name = "schedule",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "remove")
  public void add(Schedule schedule) {
    Entry entry = new Entry(schedule, new ReentrantLock());
    schedules.put(schedule.name(), entry);
    register(schedule.name(), entry);
  }

  /** Sees to it that a schedule is due some time; what fails now is done with the next check. */
  private void register(String name, Entry entry) {
    Instant now = clock.instant();
    try {
      if (!scheduler.add(name, now)) {
        scheduler.hasten(name, now.plus(entry.every()));
      }
    } catch (RuntimeException e) {
      LOG.warn("The upkeep {} cannot be registered now", name, e);
    }
  }

  /** Runs a schedule no more, once its present run has ended or has been waited for long enough. */
  public void remove(Schedule schedule) {
    Entry entry = schedules.get(schedule.name());
    if (entry == null
        || !entry.schedule().equals(schedule)
        || !schedules.remove(schedule.name(), entry)) {
      return;
    }
    try {
      if (entry.busy().tryLock(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
        entry.busy().unlock();
      } else {
        LOG.warn("The upkeep {} does not end", schedule.name());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Stops after what runs now. */
  @Deactivate
  public void close() {
    timer.shutdownNow();
    scheduler.close();
  }
}
