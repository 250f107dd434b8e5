// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.jobs.Job;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

/**
 * A job as its row holds it.
 *
 * @param job what others may see of it
 * @param context on whose behalf it runs
 * @param parameters what it was submitted with
 * @param checkpoint what its last committed chunk left behind
 * @param progress what the platform keeps of its runs
 */
record JobRow(
    Job job,
    TenantContext context,
    Map<String, Object> parameters,
    Map<String, Object> checkpoint,
    Progress progress) {

  static final String COLUMNS =
      "id, kind, subject_id, state, cancel_requested, done, total, result, error, created_at,"
          + " started_at, finished_at, tenant_id, actor_kind, actor_id, request_id, mode,"
          + " parameters, checkpoint, due_at, attempts, fence";

  private static final JobJson JSON = new JobJson();

  /**
   * What the platform keeps of a job's runs.
   *
   * @param pending whether there is something left to do
   * @param cancelRequested whether somebody asked it to stop
   * @param attempts how often it was put off without getting on
   * @param fence the number of its latest run
   */
  record Progress(boolean pending, boolean cancelRequested, int attempts, long fence) {}

  static JobRow read(ResultSet row) throws SQLException {
    TenantContext context =
        new TenantContext(
            row.getObject("tenant_id", UUID.class),
            new Actor(Actor.Kind.valueOf(row.getString("actor_kind")), row.getString("actor_id")),
            row.getString("request_id"),
            null,
            TenantContext.Mode.valueOf(row.getString("mode")));
    return new JobRow(
        job(row),
        context,
        JSON.read(row.getString("parameters")),
        JSON.read(row.getString("checkpoint")),
        new Progress(
            row.getObject("due_at") != null,
            row.getBoolean("cancel_requested"),
            row.getInt("attempts"),
            row.getLong("fence")));
  }

  private static Job job(ResultSet row) throws SQLException {
    return new Job(
        row.getObject("id", UUID.class),
        row.getString("kind"),
        row.getObject("subject_id", UUID.class),
        state(row.getString("state"), row.getBoolean("cancel_requested")),
        row.getLong("done"),
        row.getLong("total"),
        JSON.read(row.getString("result")),
        row.getString("error"),
        instant(row, "created_at"),
        instant(row, "started_at"),
        instant(row, "finished_at"));
  }

  private static Job.State state(String name, boolean cancelRequested) {
    return switch (name) {
      case "queued" -> cancelRequested ? Job.State.CANCELLING : Job.State.QUEUED;
      case "running" -> cancelRequested ? Job.State.CANCELLING : Job.State.RUNNING;
      case "succeeded" -> Job.State.SUCCEEDED;
      case "failed" -> Job.State.FAILED;
      case "cancelled" -> Job.State.CANCELLED;
      default -> throw new IllegalStateException("No state of a job: " + name);
    };
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }
}
