// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal.imports;

import io.rookery.api.contacts.ImportService.ContactImport.State;
import io.rookery.api.contacts.ImportService.Counts;
import io.rookery.api.contacts.ImportService.RowError;
import io.rookery.api.secrets.PlatformKeys;
import io.rookery.contacts.internal.AddressDigests;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.jobs.JobCancelledException;
import io.rookery.jobs.JobHandler;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
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
  private static final int READERS = 4;
  private static final int MOST_ERRORS = 100_000;

  private final Transactions transactions;
  private final EventLog log;
  private final AddressDigests digests;
  private final Clock clock;
  private final int chunk;
  private final ImportStore store = new ImportStore();
  private final AtomicInteger readers = new AtomicInteger();
  private final ExecutorService ahead = Executors.newFixedThreadPool(READERS, this::reader);

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

  private Thread reader(Runnable work) {
    Thread thread = new Thread(work, "rookery-import-" + readers.incrementAndGet());
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
      if (e.code().kind() != ErrorCode.Kind.UNAVAILABLE) {
        end(run.context(), run.subjectId(), State.FAILED, e.getMessage());
      }
      throw e;
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

  /** Reads a stretch ahead while the one before is committed. */
  private void readAll(JobRun run, ImportStore.Standing standing) throws InterruptedException {
    BlockReader reader =
        new BlockReader(number -> piece(run, standing.id(), number), standing, chunk);
    Staging staging = new Staging(digests);
    Callable<Ready> preparing = () -> Ready.of(reader.next(), staging);
    Worker worker = new Worker(standing, new Merge(standing));
    Future<Ready> next = submit(preparing);
    for (Ready ready = get(next); ready != null; ready = get(next)) {
      next = submit(preparing);
      run.check();
      worker.commit(run, ready);
    }
  }

  private Future<Ready> submit(Callable<Ready> preparing) {
    try {
      return ahead.submit(preparing);
    } catch (RejectedExecutionException e) {
      throw later("Imports are stopping on this node", e);
    }
  }

  private static RookeryException later(String detail, Throwable cause) {
    return RookeryException.unavailable(detail, Duration.ofSeconds(5), cause);
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (CancellationException e) {
      throw later("Imports are stopping on this node", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException own) {
        throw own;
      }
      throw new IllegalStateException("A stretch of the file cannot be read", e.getCause());
    }
  }

  /** Stops reading; what has not been committed is read again by whoever goes on. */
  @Deactivate
  public void close() {
    ahead.shutdownNow().forEach(waiting -> ((Future<?>) waiting).cancel(true));
  }

  private byte[] piece(JobRun run, UUID id, int number) {
    return transactions
        .call(run.context(), tx -> store.piece(tx, id, number))
        .orElseThrow(() -> RookeryException.notFound("file of the import"));
  }

  private Map<String, ?> result(TenantContext context, UUID id) {
    Counts counts = transactions.call(context, tx -> store.find(tx, id)).orElseThrow().counts();
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

  /** A stretch with what COPY is to read for it. */
  private record Ready(BlockReader.Stretch stretch, byte[] encoded) {

    static Ready of(BlockReader.Stretch stretch, Staging staging) {
      return stretch == null ? null : new Ready(stretch, staging.encode(stretch.block().rows()));
    }
  }

  /** Commits stretches of one run. */
  private final class Worker {

    private final ImportStore.Standing standing;
    private final Merge merge;

    Worker(ImportStore.Standing standing, Merge merge) {
      this.standing = standing;
      this.merge = merge;
    }

    void commit(JobRun run, Ready ready) {
      transactions.call(
          run.context(),
          tx -> {
            merge(tx, run, ready);
            return null;
          });
    }

    private void merge(Tx tx, JobRun run, Ready ready) throws SQLException {
      BlockReader.Stretch stretch = ready.stretch();
      Block block = stretch.block();
      Staging.fill(tx, ready.encoded());
      Counts merged = merge.run(tx, block.rows().size(), now());
      Counts counts =
          new Counts(
              block.records(),
              merged.created(),
              merged.updated(),
              merged.unchanged(),
              merged.duplicates() + block.duplicates(),
              block.errors().size());
      long number =
          store
              .advance(tx, standing.id(), stretch, counts)
              .orElseThrow(() -> later("Another run goes on with this import", null));
      keep(tx, block.errors());
      log.append(tx, event(number, counts));
      run.advance(
          tx,
          Map.of("offset", stretch.end(), "line", stretch.nextLine()),
          stretch.end(),
          standing.bytes());
    }

    private void keep(Tx tx, List<RowError> errors) throws SQLException {
      if (!errors.isEmpty()) {
        long room = Math.max(0, MOST_ERRORS - store.errorCount(tx, standing.id()));
        store.errors(tx, standing.id(), errors.stream().limit(room).toList());
      }
    }

    private NewEvent event(long number, Counts counts) {
      return new NewEvent(
          "contact.imported",
          standing.id(),
          number,
          now(),
          Map.of(
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
              counts.rejected()));
    }
  }
}
