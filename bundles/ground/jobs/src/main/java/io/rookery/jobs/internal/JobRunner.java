// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.JobCancelledException;
import io.rookery.jobs.JobHandler;
import io.rookery.kernel.Actor;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job once and writes down how it ended. Whether the job is due, whose turn it is and where
 * to go on is read from its row, so a run too many does no harm.
 */
final class JobRunner {

  private static final Logger LOG = LoggerFactory.getLogger(JobRunner.class);
  private static final Actor ACTOR = Actor.system("jobs");
  private static final Duration LONGEST_WAIT = Duration.ofMinutes(5);

  private final Transactions transactions;
  private final JobHandlers handlers;
  private final String node;
  private final Duration firstWait;
  private final Clock clock;

  /**
   * Runs jobs on a node.
   *
   * @param firstWait how long a job waits that could not go on; doubles with each time
   */
  JobRunner(
      Transactions transactions,
      JobHandlers handlers,
      String node,
      Duration firstWait,
      Clock clock) {
    this.transactions = transactions;
    this.handlers = handlers;
    this.node = node;
    this.firstWait = firstWait;
    this.clock = clock;
  }

  /** A run to do, or what else is to be done instead. */
  private record Begun(StoredRun run, JobHandler handler, boolean tidyUp, boolean later) {
    static final Begun NOTHING = new Begun(null, null, false, false);
    static final Begun LATER = new Begun(null, null, false, true);
  }

  /** Runs a job; returns when to run it again, or empty where nothing is left to do. */
  Optional<Instant> run(UUID tenantId, UUID id) {
    TenantContext context = TenantContext.of(tenantId, ACTOR);
    Begun begun = transactions.call(context, tx -> begin(new JobTable(tx), id));
    if (begun.later()) {
      return Optional.of(clock.instant().plus(firstWait));
    }
    if (begun.run() == null) {
      return Optional.empty();
    }
    handlers.began(begun.run(), begun.handler());
    try {
      return begun.tidyUp() ? tidyUp(begun) : work(begun);
    } finally {
      handlers.ended(begun.run());
      // A run that was released is interrupted; what comes after it on this thread is not.
      Thread.interrupted();
    }
  }

  private Begun begin(JobTable table, UUID id) throws SQLException {
    Optional<JobRow> found = table.lock(id).filter(row -> row.progress().pending());
    if (found.isEmpty()) {
      return Begun.NOTHING;
    }
    JobRow row = found.get();
    Optional<JobHandler> handler = handlers.find(row.job().kind());
    if (handler.isEmpty()) {
      return Begun.LATER;
    }
    boolean tidyUp = row.progress().cancelRequested();
    long fence = tidyUp ? row.progress().fence() : table.begin(id, node, clock.instant());
    return new Begun(new StoredRun(transactions, row, fence), handler.get(), tidyUp, false);
  }

  private Optional<Instant> work(Begun begun) {
    StoredRun run = begun.run();
    try {
      Map<String, ?> result = begun.handler().run(run);
      return finish(run, Ending.succeeded(result));
    } catch (Exception | LinkageError e) {
      return failed(begun, e);
    }
  }

  private Optional<Instant> failed(Begun begun, Throwable e) {
    StoredRun run = begun.run();
    Thread.interrupted();
    Optional<JobCancelledException> cancelled = cause(e, JobCancelledException.class);
    if (run.released() || e instanceof InterruptedException) {
      return putOff(run, null, Duration.ZERO, run.attempts());
    }
    if (cancelled.isPresent()) {
      return cancelled.get() instanceof RunLostException ? Optional.empty() : tidyUp(begun);
    }
    if (e instanceof RookeryException own) {
      return own.code().kind() == ErrorCode.Kind.UNAVAILABLE
          ? unavailable(run, own)
          : finish(run, failure(run, own));
    }
    LOG.error("The job {} failed", run.id(), e);
    return finish(run, Ending.failed("Something went wrong here"));
  }

  private static Ending failure(StoredRun run, RookeryException e) {
    if (e.code().kind() == ErrorCode.Kind.INTERNAL) {
      LOG.error("The job {} failed", run.id(), e);
    } else {
      LOG.warn("The job {} failed: {}", run.id(), e.getMessage());
    }
    return Ending.failed(e.getMessage());
  }

  private Optional<Instant> unavailable(StoredRun run, RookeryException e) {
    Duration wait = firstWait.multipliedBy(1L << Math.min(run.attempts(), 20));
    if (e.retryAfter() != null && e.retryAfter().compareTo(wait) > 0) {
      wait = e.retryAfter();
    }
    Duration bounded = wait.compareTo(LONGEST_WAIT) < 0 ? wait : LONGEST_WAIT;
    LOG.warn("The job {} is put off for {}: {}", run.id(), bounded, e.getMessage());
    return putOff(run, e.getMessage(), bounded, run.attempts() + 1);
  }

  private Optional<Instant> tidyUp(Begun begun) {
    StoredRun run = begun.run();
    try {
      begun.handler().cancelled(run.context(), run.subjectId());
    } catch (RookeryException e) {
      if (e.code().kind() == ErrorCode.Kind.UNAVAILABLE) {
        return Optional.of(clock.instant().plus(firstWait));
      }
      LOG.error("The cancelled job {} is not tidied up", run.id(), e);
    } catch (RuntimeException | LinkageError e) {
      LOG.error("The cancelled job {} is not tidied up", run.id(), e);
    }
    return finish(run, Ending.cancelled());
  }

  private Optional<Instant> finish(StoredRun run, Ending ending) {
    return written(
        () ->
            transactions.call(
                run.context(),
                tx -> new JobTable(tx).finish(run.id(), run.fence(), ending, clock.instant())),
        Optional.empty());
  }

  private Optional<Instant> putOff(StoredRun run, String error, Duration wait, int attempts) {
    Instant until = clock.instant().plus(wait);
    return written(
        () ->
            transactions.call(
                run.context(),
                tx -> new JobTable(tx).putOff(run.id(), run.fence(), error, until, attempts)),
        Optional.of(until));
  }

  /** Where the end cannot be written, the run is repeated from its last checkpoint. */
  private Optional<Instant> written(Callable<Boolean> write, Optional<Instant> next) {
    try {
      return write.call() ? next : Optional.empty();
    } catch (Exception e) {
      LOG.warn("The end of a job's run cannot be written", e);
      return Optional.of(clock.instant().plus(firstWait));
    }
  }

  private static <E extends Throwable> Optional<E> cause(Throwable failure, Class<E> type) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      if (type.isInstance(each)) {
        return Optional.of(type.cast(each));
      }
    }
    return Optional.empty();
  }
}
