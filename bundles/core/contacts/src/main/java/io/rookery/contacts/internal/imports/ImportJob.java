// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.api.contacts.ImportService.ContactImport.State;
import io.rookery.api.contacts.ImportService.Counts;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.contacts.internal.AddressDigests;
import io.rookery.events.EventLog;
import io.rookery.jobs.JobCancelledException;
import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Deactivate;
import org.osgi.service.component.annotations.Reference;

/**
 * Reads an uploaded file into the contacts. Each stretch of rows and the import's new place in the
 * file commit together, and only from the place before it: a run that was overtaken changes
 * nothing.
 */
@Component(service = JobHandler.class)
public final class ImportJob implements JobHandler {

  /** The kind of the job. */
  public static final String KIND = "contacts.import";

  private static final int CHUNK = 10_000;

  /** Three stretches at a time of as many imports as jobs run at a time. */
  private static final int THREADS = 12;

  private final Transactions transactions;
  private final EventLog log;
  private final AddressDigests digests;
  private final Clock clock;
  private final int chunk;
  private final ImportStore store = new ImportStore();
  private final AtomicInteger started = new AtomicInteger();
  private final ExecutorService threads = Executors.newFixedThreadPool(THREADS, this::thread);

  /** Made by the container once the tables are there. */
  @Activate
  public ImportJob(
      @Reference(target = "(area=contacts)") Schema schema,
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference PlatformKeys keys) {
    this(transactions, log, keys, Clock.systemUTC(), CHUNK);
  }

  /** Made by tests, with rows a chunk. */
  public ImportJob(
      Transactions transactions, EventLog log, PlatformKeys keys, Clock clock, int chunk) {
    this.transactions = transactions;
    this.log = log;
    this.digests = new AddressDigests(keys);
    this.clock = clock;
    this.chunk = chunk;
  }

  private Thread thread(Runnable work) {
    Thread thread = new Thread(work, "rookery-import-" + started.incrementAndGet());
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public String kind() {
    return KIND;
  }

  @Override
  public Map<String, ?> run(JobRun run) throws InterruptedException {
    try {
      return read(run);
    } catch (RookeryException e) {
      rethrowCancellation(e);
      if (e.code().kind() != ErrorCode.Kind.UNAVAILABLE) {
        end(run.context(), run.subjectId(), State.FAILED, e.getMessage());
      }
      throw e;
    }
  }

  /** Where it was told within a transaction, a cancellation arrives wrapped: it is no failure. */
  private static void rethrowCancellation(RookeryException e) {
    for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof JobCancelledException cancelled) {
        throw cancelled;
      }
    }
  }

  private Map<String, ?> read(JobRun run) throws InterruptedException {
    ImportStore.Standing standing =
        transactions
            .call(run.context(), tx -> store.standing(tx, run.subjectId()))
            .orElseThrow(() -> RookeryException.notFound("import"));
    if (standing.state() == State.CANCELLED) {
      throw new JobCancelledException();
    }
    if (standing.state() == State.QUEUED || standing.state() == State.RUNNING) {
      readAll(run, standing);
      end(run.context(), standing.id(), State.SUCCEEDED, null);
    }
    return result(run.context(), standing.id());
  }

  private void readAll(JobRun run, ImportStore.Standing standing) throws InterruptedException {
    BlockReader reader =
        new BlockReader(number -> piece(run, standing.id(), number), standing, chunk);
    new ImportRun(
            transactions, threads, reader, new Staging(digests, Merge.defaultAttributes(standing)))
        .readAll(new Chunk.Place(run, standing, store, log, this::now), run::check);
  }

  /** Stops reading; what has not been committed is read again by whoever goes on. */
  @Deactivate
  public void close() {
    threads.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(true));
  }

  private byte[] piece(JobRun run, UUID id, int number) {
    return transactions
        .call(run.context(), tx -> store.piece(tx, id, number))
        .orElseThrow(() -> RookeryException.notFound("file of the import"));
  }

  private Map<String, ?> result(TenantContext context, UUID id) {
    return result(transactions.call(context, tx -> store.find(tx, id)).orElseThrow().counts());
  }

  /** Returns counts by name. */
  static Map<String, Object> result(Counts counts) {
    return Map.of(
        "rows",
        counts.rows(),
        "created",
        counts.created(),
        "updated",
        counts.updated(),
        "unchanged",
        counts.unchanged(),
        "duplicates",
        counts.duplicates(),
        "rejected",
        counts.rejected());
  }

  private void end(TenantContext context, UUID id, State state, String error) {
    transactions.call(
        context,
        tx -> {
          store.finish(tx, id, state, error, now());
          return null;
        });
  }

  @Override
  public void cancelled(TenantContext context, UUID subjectId) {
    end(context, subjectId, State.CANCELLED, null);
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
