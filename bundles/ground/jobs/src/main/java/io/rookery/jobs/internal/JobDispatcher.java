// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Hands jobs that are due to the scheduler: those that it does not know yet. As that is asked anew
 * each time, neither a crash in between nor a second node does harm.
 */
final class JobDispatcher {

  private static final int BATCH = 200;
  private static final String DUE =
      """
      select j.tenant_id, j.id from tenant.job j
      where j.due_at <= ? and not exists (
        select from platform.scheduled_tasks t where t.task_name = ?
          and t.task_instance = j.tenant_id::text || '/' || j.id::text)
      order by j.due_at limit ?""";

  private final Transactions transactions;
  private final EmbeddedScheduler scheduler;
  private final Clock clock;

  JobDispatcher(Transactions transactions, EmbeddedScheduler scheduler, Clock clock) {
    this.transactions = transactions;
    this.scheduler = scheduler;
    this.clock = clock;
  }

  /** Names a job to the scheduler. */
  record JobName(UUID tenantId, UUID id) {

    static JobName parse(String text) {
      int slash = text.indexOf('/');
      return new JobName(
          UUID.fromString(text.substring(0, slash)), UUID.fromString(text.substring(slash + 1)));
    }

    @Override
    public String toString() {
      return tenantId + "/" + id;
    }
  }

  /** Hands over what is due; returns how many jobs that were. */
  int dispatch() {
    Instant now = clock.instant();
    List<JobName> due = transactions.system(SystemPurpose.JOBS, connection -> due(connection, now));
    due.forEach(job -> scheduler.add(job.toString(), now));
    return due.size();
  }

  private static List<JobName> due(Connection connection, Instant now) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DUE)) {
      statement.setObject(1, now.atOffset(ZoneOffset.UTC));
      statement.setString(2, JobEngine.TABLE);
      statement.setInt(3, BATCH);
      List<JobName> due = new ArrayList<>();
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          due.add(new JobName(row.getObject(1, UUID.class), row.getObject(2, UUID.class)));
        }
      }
      return due;
    }
  }
}
