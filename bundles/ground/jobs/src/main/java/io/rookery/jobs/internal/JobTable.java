// SPDX-License-Identifier: Apache-2.0
package io.rookery.jobs.internal;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The jobs of one tenant, in one transaction. */
record JobTable(Tx tx) {

  private static final String INSERT =
      """
      insert into tenant.job (tenant_id, id, kind, subject_id, state, cancel_requested, done, total,
        parameters, checkpoint, result, actor_kind, actor_id, request_id, mode, created_at, due_at,
        attempts, fence)
      values (?, ?, ?, ?, 'queued', false, 0, 0, ?::jsonb, '{}', '{}', ?, ?, ?, ?, ?, ?, 0, 0)""";
  private static final String BEGIN =
      """
      update tenant.job set state = 'running', owner = ?, fence = fence + 1, error = null,
        started_at = coalesce(started_at, ?)
      where tenant_id = ? and id = ? returning fence""";
  private static final String ADVANCE =
      """
      update tenant.job set checkpoint = ?::jsonb, done = ?, total = ?, attempts = 0
      where tenant_id = ? and id = ? and fence = ? and state = 'running'
        and not cancel_requested""";
  private static final String FINISH =
      """
      update tenant.job set state = ?, result = ?::jsonb, error = ?, due_at = null,
        finished_at = coalesce(finished_at, ?)
      where tenant_id = ? and id = ? and fence = ?""";
  private static final String PUT_OFF =
      """
      update tenant.job set state = 'queued', error = ?, due_at = ?, attempts = ?
      where tenant_id = ? and id = ? and fence = ?""";

  private static final JobJson JSON = new JobJson();

  void insert(UUID id, String kind, UUID subjectId, Map<String, ?> parameters, Instant now)
      throws SQLException {
    TenantContext context = tx.context();
    update(
        INSERT,
        context.tenantId(),
        id,
        kind,
        subjectId,
        JSON.write(parameters),
        context.actor().kind().name(),
        context.actor().id(),
        context.requestId(),
        context.mode().name(),
        at(now),
        at(now));
  }

  Optional<JobRow> find(UUID id) throws SQLException {
    return find(id, "");
  }

  /** Finds a job and keeps others from changing it until the transaction ends. */
  Optional<JobRow> lock(UUID id) throws SQLException {
    return find(id, " for update");
  }

  private Optional<JobRow> find(UUID id, String lock) throws SQLException {
    List<JobRow> rows =
        select(" where tenant_id = ? and id = ?" + lock, tx.context().tenantId(), id);
    return rows.stream().findFirst();
  }

  /** Lists jobs newest first; kind and the id that they come before may be null. */
  List<JobRow> list(String kind, UUID before, int limit) throws SQLException {
    List<Object> values = new ArrayList<>(List.of(tx.context().tenantId()));
    StringBuilder where = new StringBuilder(" where tenant_id = ?");
    if (kind != null) {
      where.append(" and kind = ?");
      values.add(kind);
    }
    if (before != null) {
      where.append(" and id < ?");
      values.add(before);
    }
    values.add(limit);
    return select(where + " order by id desc limit ?", values.toArray());
  }

  /** Begins a run of a locked job; returns its fence. */
  long begin(UUID id, String owner, Instant now) throws SQLException {
    try (PreparedStatement statement = prepare(BEGIN, owner, at(now), tx.context().tenantId(), id);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Notes how far a run is; returns false where it shall stop or is no longer the latest. */
  boolean advance(UUID id, long fence, Map<String, ?> checkpoint, long done, long total)
      throws SQLException {
    String json = JSON.write(checkpoint);
    return update(ADVANCE, json, done, total, tx.context().tenantId(), id, fence) > 0;
  }

  /** Ends a job, unless a later run has begun. */
  boolean finish(UUID id, long fence, Ending ending, Instant now) throws SQLException {
    String result = JSON.write(ending.result());
    UUID tenant = tx.context().tenantId();
    return update(FINISH, ending.state(), result, ending.error(), at(now), tenant, id, fence) > 0;
  }

  /** Has a job wait for another run, unless a later one has begun. */
  boolean putOff(UUID id, long fence, String error, Instant until, int attempts)
      throws SQLException {
    UUID tenant = tx.context().tenantId();
    return update(PUT_OFF, error, at(until), attempts, tenant, id, fence) > 0;
  }

  /** Cancels a locked job that waits; what is to be tidied up is due now. */
  void cancelWaiting(UUID id, Instant now) throws SQLException {
    update(
        "update tenant.job set state = 'cancelled', cancel_requested = true, error = null,"
            + " finished_at = ?, due_at = ? where tenant_id = ? and id = ?",
        at(now),
        at(now),
        tx.context().tenantId(),
        id);
  }

  /** Asks the run of a locked job to stop. */
  void requestCancel(UUID id) throws SQLException {
    update(
        "update tenant.job set cancel_requested = true where tenant_id = ? and id = ?",
        tx.context().tenantId(),
        id);
  }

  private List<JobRow> select(String rest, Object... values) throws SQLException {
    String sql = "select " + JobRow.COLUMNS + " from tenant.job" + rest;
    List<JobRow> rows = new ArrayList<>();
    try (PreparedStatement statement = prepare(sql, values);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        rows.add(JobRow.read(row));
      }
    }
    return rows;
  }

  private int update(String sql, Object... values) throws SQLException {
    try (PreparedStatement statement = prepare(sql, values)) {
      return statement.executeUpdate();
    }
  }

  private PreparedStatement prepare(String sql, Object... values) throws SQLException {
    PreparedStatement statement = tx.connection().prepareStatement(sql);
    for (int i = 0; i < values.length; i++) {
      statement.setObject(i + 1, values[i]);
    }
    return statement;
  }

  private static Object at(Instant moment) {
    return moment.atOffset(ZoneOffset.UTC);
  }
}
