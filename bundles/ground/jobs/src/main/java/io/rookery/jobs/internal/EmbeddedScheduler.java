// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerClient.ScheduleOptions;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.CompletionHandler;
import com.github.kagkarlsson.scheduler.task.ExecutionOperations;
import com.github.kagkarlsson.scheduler.task.FailureHandler;
import com.github.kagkarlsson.scheduler.task.TaskInstance;
import com.github.kagkarlsson.scheduler.task.helper.CustomTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * db-scheduler with one task, whose instances are named and run on one node at a time. A node whose
 * heartbeat stays away is taken to be dead, and what it ran is run again elsewhere.
 */
final class EmbeddedScheduler implements AutoCloseable {

  private static final int MISSED_HEARTBEATS = 4;

  private final String task;
  private final Scheduler scheduler;

  /**
   * Prepares a scheduler.
   *
   * @param source connections of {@code rookery_system}
   * @param table its table in schema {@code platform}, after which task and threads are named too
   * @param run runs an instance and returns when to run it again, or empty where it is done
   */
  EmbeddedScheduler(
      DataSource source,
      String table,
      JobSettings settings,
      Function<String, Optional<Instant>> run) {
    this.task = table;
    this.scheduler =
        Scheduler.create(source, task(table, settings, run))
            .tableName("platform." + table)
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
            .schedulerName(new SchedulerName.Fixed(settings.node()))
            .threads(settings.threads())
            .executorService(Executors.newFixedThreadPool(settings.threads(), threads(table)))
            .dueExecutor(Executors.newSingleThreadExecutor(threads(table + "-due")))
            .housekeeperExecutor(Executors.newScheduledThreadPool(2, threads(table + "-keep")))
            .pollingInterval(settings.poll())
            .pollUsingLockAndFetch(0.5, 1.0)
            .heartbeatInterval(settings.heartbeat())
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .shutdownMaxWait(Duration.ofSeconds(5))
            .enableImmediateExecution()
            .build();
  }

  /** What fails, as a database that is away makes it, is tried again soon; else in five minutes. */
  private static CustomTask<Void> task(
      String name, JobSettings settings, Function<String, Optional<Instant>> run) {
    return Tasks.custom(name, Void.class)
        .onFailure(new FailureHandler.OnFailureRetryLater<>(settings.firstWait()))
        .onDeadExecutionRevive()
        .execute((instance, context) -> completion(run.apply(instance.getId())));
  }

  private static CompletionHandler<Void> completion(Optional<Instant> again) {
    return (complete, operations) -> {
      if (again.isPresent()) {
        operations.reschedule(complete, again.get());
      } else {
        remove(operations);
      }
    };
  }

  private static void remove(ExecutionOperations<Void> operations) {
    operations.remove();
  }

  /** Threads load classes through this bundle, not through whoever happened to start it. */
  private static ThreadFactory threads(String name) {
    AtomicInteger count = new AtomicInteger();
    return work -> {
      Thread thread =
          new Thread(work, "rookery-" + name.replace('_', '-') + "-" + count.incrementAndGet());
      thread.setContextClassLoader(EmbeddedScheduler.class.getClassLoader());
      return thread;
    };
  }

  void start() {
    scheduler.start();
  }

  /** Has an instance run at a time, unless it waits for one already. */
  boolean add(String instance, Instant time) {
    return scheduler.schedule(
        new TaskInstance<>(task, instance), time, ScheduleOptions.WHEN_EXISTS_DO_NOTHING);
  }

  /** Has an instance that waits for later run by a time at the latest. */
  void hasten(String instance, Instant latest) {
    TaskInstance<Void> id = new TaskInstance<>(task, instance);
    scheduler
        .getScheduledExecution(id)
        .filter(execution -> !execution.isPicked())
        .filter(execution -> execution.getExecutionTime().isAfter(latest))
        .ifPresent(execution -> scheduler.reschedule(id, latest));
  }

  @Override
  public void close() {
    scheduler.stop();
  }
}
