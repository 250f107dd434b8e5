// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.JobCancelledException;
import io.rookery.jobs.JobRun;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A run whose progress stands in the job's row, where its fence keeps former runs from writing. */
final class StoredRun implements JobRun {

  private final Transactions transactions;
  private final JobRow row;
  private final long fence;
  private final Thread thread;
  private volatile boolean released;
  private volatile Map<String, Object> checkpoint;
  private volatile int attempts;

  /** Begins on the calling thread. */
  StoredRun(Transactions transactions, JobRow row, long fence) {
    this.transactions = transactions;
    this.row = row;
    this.fence = fence;
    this.thread = Thread.currentThread();
    this.checkpoint = row.checkpoint();
    this.attempts = row.progress().attempts();
  }

  @Override
  public UUID id() {
    return row.job().id();
  }

  @Override
  public TenantContext context() {
    return row.context();
  }

  @Override
  public UUID subjectId() {
    return row.job().subjectId();
  }

  @Override
  public Map<String, Object> parameters() {
    return row.parameters();
  }

  @Override
  public Map<String, Object> checkpoint() {
    if (checkpoint == null) {
      checkpoint = current().map(JobRow::checkpoint).orElseThrow(RunLostException::new);
    }
    return checkpoint;
  }

  @Override
  public void advance(Tx tx, Map<String, ?> next, long done, long total) {
    if (released) {
      throw new RunLostException();
    }
    JobTable table = new JobTable(tx);
    try {
      if (!table.advance(id(), fence, next, done, total)) {
        throw ended(table.find(id()));
      }
    } catch (SQLException e) {
      throw new IllegalStateException("A job cannot note how far it is", e);
    }
    // Whether the chunk commits is not known yet, so the row is asked when somebody wants to know.
    checkpoint = null;
    attempts = 0;
  }

  @Override
  public void check() {
    Optional<JobRow> now = current();
    if (released || now.isEmpty() || now.get().progress().fence() != fence) {
      throw new RunLostException();
    }
    if (now.get().progress().cancelRequested()) {
      throw new JobCancelledException();
    }
  }

  /** Has the run end at its next step, or at once where it waits; another one goes on later. */
  void release() {
    released = true;
    thread.interrupt();
  }

  boolean released() {
    return released;
  }

  long fence() {
    return fence;
  }

  /** Returns how often the job was put off since it last got on. */
  int attempts() {
    return attempts;
  }

  private Optional<JobRow> current() {
    return transactions.call(row.context(), tx -> new JobTable(tx).find(id()));
  }

  private RuntimeException ended(Optional<JobRow> now) {
    boolean latest = now.isPresent() && now.get().progress().fence() == fence;
    return latest && now.get().progress().cancelRequested()
        ? new JobCancelledException()
        : new RunLostException();
  }
}
