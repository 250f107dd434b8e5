// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.UUID;

/** A tenant whose queue a test fills row by row, or by many. */
final class QueueFixture {

  static final Instant NOW = Instant.parse("2026-11-24T12:00:30Z");

  final TestDatabase database;
  final TenantContext context;

  QueueFixture(TestDatabase database) {
    this.database = database;
    this.context = database.tenant();
  }

  /** A message to make; what a test does not name is usual. */
  record Row(
      UUID lane,
      UUID campaign,
      String state,
      String category,
      int priority,
      int code,
      String mode) {

    static Row of(UUID lane, String state) {
      return new Row(lane, Uuids.next(), state, "commercial", 5, 0, "live");
    }

    Row transactional() {
      return new Row(lane, campaign, state, "transactional", 1, code, mode);
    }

    Row in(UUID other) {
      return new Row(lane, other, state, category, priority, code, mode);
    }

    Row told(int reply) {
      return new Row(lane, campaign, state, category, priority, reply, mode);
    }

    Row test() {
      return new Row(lane, campaign, state, category, priority, code, "test");
    }
  }

  /** Makes a message that is due, or ended, at a moment. */
  UUID message(Row row, Instant at) throws SQLException {
    UUID id = Uuids.next();
    execute(
        """
        insert into tenant.message (tenant_id, id, campaign_id, content_id, address, lane_id, host,
          priority, category, mode, state, due_at, expires_at, attempts, reply_code, enhanced_code,
          detail, created_at, finished_at)
        values (?, ?, ?, ?, 'a@x.example', ?, 'example.com', ?, ?, ?, ?, ?, ?, 3, ?, ?, ?, ?, ?)
        """,
        id,
        row.campaign(),
        row.campaign(),
        row.lane(),
        row.priority(),
        row.category(),
        row.mode(),
        row.state(),
        time(at),
        time(at.plusSeconds(3600)),
        row.code(),
        row.code() == 0 ? null : row.code() / 100 + ".1.1",
        row.code() == 0 ? null : "said " + row.code(),
        time(at),
        time(at));
    return id;
  }

  /** Makes a lane that is due at a moment. */
  UUID lane(Instant due, String heldBack) throws SQLException {
    UUID id = Uuids.next();
    execute(
        "insert into tenant.lane (tenant_id, id, due_at, fence, held_back) values (?, ?, ?, 0, ?)",
        id,
        time(due),
        heldBack);
    return id;
  }

  void execute(String sql, Object... values) throws SQLException {
    try (Connection owner = database.owner();
        PreparedStatement statement = owner.prepareStatement(sql)) {
      statement.setObject(1, context.tenantId());
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 2, values[i]);
      }
      statement.executeUpdate();
    }
  }

  static Object time(Instant at) {
    return at == null ? null : at.atOffset(ZoneOffset.UTC);
  }
}
