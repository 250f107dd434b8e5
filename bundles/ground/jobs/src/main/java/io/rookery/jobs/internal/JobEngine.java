// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.JobHandler;
import io.rookery.jobs.internal.JobDispatcher.JobName;
import io.rookery.persistence.Leases;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the jobs of all tenants by the handlers that are registered as services. */
@Component(service = JobEngine.class, immediate = true, configurationPid = JobConfiguration.PID)
@Designate(ocd = JobConfiguration.class)
public final class JobEngine {

  static final String TABLE = "scheduled_tasks";

  private static final Logger LOG = LoggerFactory.getLogger(JobEngine.class);

  private final JobHandlers handlers = new JobHandlers();
  private final JobRunner runner;
  private final EmbeddedScheduler scheduler;
  private final JobDispatcher dispatcher;
  private final ScheduledExecutorService timer;

  /** Begins to run jobs. */
  @Activate
  public JobEngine(
      @Reference Transactions transactions,
      @Reference Leases leases,
      @Reference(target = "(osgi.jndi.service.name=rookery-system)") DataSource source,
      @Reference(target = "(area=jobs)") Schema schema,
      JobConfiguration configuration) {
    this(
        transactions,
        source,
        JobSettings.of(leases.nodeId(), configuration.job_threads()),
        Clock.systemUTC());
  }

  JobEngine(Transactions transactions, DataSource source, JobSettings settings, Clock clock) {
    runner = new JobRunner(transactions, handlers, settings.node(), settings.firstWait(), clock);
    scheduler = new EmbeddedScheduler(source, TABLE, settings, this::run);
    dispatcher = new JobDispatcher(transactions, scheduler, clock);
    timer = Executors.newSingleThreadScheduledExecutor(w -> new Thread(w, "rookery-job-dispatch"));
    scheduler.start();
    long poll = settings.poll().toMillis();
    timer.scheduleWithFixedDelay(this::dispatch, poll, poll, TimeUnit.MILLISECONDS);
  }

  private Optional<Instant> run(String instance) {
    JobName job = JobName.parse(instance);
    return runner.run(job.tenantId(), job.id());
  }

  private void dispatch() {
    try {
      dispatcher.dispatch();
    } catch (RuntimeException e) {
      LOG.warn("Due jobs cannot be found now: {}", e.getMessage());
    }
  }

  /** Lets a handler do the jobs of its kind. */
  @Reference(
      name = "handler",
      cardinality = ReferenceCardinality.MULTIPLE,
      policy = ReferencePolicy.DYNAMIC,
      unbind = "remove")
  public void add(JobHandler handler) {
    handlers.add(handler);
  }

  /** Takes a handler away; what it was doing waits for the next one. */
  public void remove(JobHandler handler) {
    handlers.remove(handler);
  }

  /** Lets all jobs go; other nodes go on with them at once. */
  @Deactivate
  public void close() {
    timer.shutdownNow();
    handlers.releaseAll();
    scheduler.close();
  }
}
