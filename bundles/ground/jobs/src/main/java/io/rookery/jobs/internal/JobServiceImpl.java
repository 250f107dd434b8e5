// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.jobs.Job;
import io.rookery.jobs.JobService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps jobs in rows of their tenants; what is due there is found and run by {@link JobEngine}. */
@Component(reference = @Reference(name = "schema", service = Schema.class, target = "(area=jobs)"))
public final class JobServiceImpl implements JobService {

  private final Transactions transactions;
  private final EventLog log;
  private final Clock clock;

  /** Keeps jobs once their table is there. */
  @Activate
  public JobServiceImpl(@Reference Transactions transactions, @Reference EventLog log) {
    this(transactions, log, Clock.systemUTC());
  }

  /** Keeps jobs by a given clock. */
  public JobServiceImpl(Transactions transactions, EventLog log, Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.clock = clock;
  }

  @Override
  public Job submit(Tx tx, String kind, UUID subjectId, Map<String, ?> parameters) {
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(subjectId, "subjectId");
    JobTable table = new JobTable(tx);
    UUID id = Uuids.next();
    try {
      table.insert(id, kind, subjectId, parameters, clock.instant());
      append(tx, "job.begun", id, kind);
      return table.find(id).orElseThrow().job();
    } catch (SQLException e) {
      throw new IllegalStateException("A job cannot be submitted", e);
    }
  }

  @Override
  public Job get(TenantContext context, UUID id) {
    return transactions
        .call(context, tx -> new JobTable(tx).find(id))
        .orElseThrow(this::missing)
        .job();
  }

  @Override
  public Page<Job> list(TenantContext context, String kind, PageRequest page) {
    UUID before = page.cursor() == null ? null : id(page.cursor());
    List<Job> jobs =
        transactions
            .call(context, tx -> new JobTable(tx).list(kind, before, page.limit() + 1))
            .stream()
            .map(JobRow::job)
            .toList();
    if (jobs.size() <= page.limit()) {
      return new Page<>(jobs, null);
    }
    List<Job> shown = jobs.subList(0, page.limit());
    return new Page<>(shown, cursor(shown.get(shown.size() - 1).id()));
  }

  @Override
  public Job cancel(TenantContext context, UUID id) {
    return transactions.callOnce(context, Job.class, tx -> cancelIn(tx, id));
  }

  @Override
  public Job cancel(Tx tx, UUID id) {
    try {
      return cancelIn(tx, id);
    } catch (SQLException e) {
      throw new IllegalStateException("A job cannot be cancelled", e);
    }
  }

  private Job cancelIn(Tx tx, UUID id) throws SQLException {
    JobTable table = new JobTable(tx);
    Job job = table.lock(id).orElseThrow(this::missing).job();
    switch (job.state()) {
      case QUEUED -> table.cancelWaiting(id, clock.instant());
      case RUNNING -> table.requestCancel(id);
      case CANCELLING, CANCELLED -> {
        return job;
      }
      case SUCCEEDED, FAILED ->
          throw new RookeryException(
              CommonErrors.WRONG_STATE, "The job has ended and cannot be cancelled any more");
    }
    append(tx, "job.cancelled", id, job.kind());
    return table.find(id).orElseThrow().job();
  }

  private void append(Tx tx, String type, UUID id, String kind) {
    log.append(tx, NewEvent.of(type, id, clock.instant(), Map.of("kind", kind)));
  }

  private RookeryException missing() {
    return RookeryException.notFound("job");
  }

  private static String cursor(UUID id) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(Uuids.toBytes(id));
  }

  private static UUID id(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length == 16) {
        return Uuids.fromBytes(bytes, 0);
      }
    } catch (IllegalArgumentException e) {
      throw notCursor(e);
    }
    throw notCursor(null);
  }

  private static RookeryException notCursor(Exception cause) {
    return new RookeryException(
        CommonErrors.INVALID_REQUEST, "The cursor is not one that a list of jobs gave", cause);
  }
}
