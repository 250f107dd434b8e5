// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.throttle;

import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** The rows of lanes' paces, and the messages that are put off and taken forward again. */
public final class ThrottleStore {

  private static final String SAVE =
      """
      insert into tenant.throttle (tenant_id, id, lane_id, domain, per_minute, waited_for, cut_at,
        hold_until, repeats, next_at, put_off_until, reply_code, enhanced_code, rises, changed_at,
        evidence, updated_at)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      on conflict (tenant_id, lane_id, domain) do update set per_minute = excluded.per_minute,
        waited_for = excluded.waited_for, cut_at = excluded.cut_at, hold_until = excluded.hold_until,
        repeats = excluded.repeats, next_at = excluded.next_at,
        put_off_until = excluded.put_off_until, reply_code = excluded.reply_code,
        enhanced_code = excluded.enhanced_code, rises = excluded.rises,
        changed_at = excluded.changed_at, evidence = excluded.evidence, updated_at = excluded.updated_at
      """;

  private static final String MOVE =
      """
      update tenant.message m set due_at = least(u.at, m.expires_at), waits_for = u.domain,
        waits_until = least(u.at, m.expires_at)
      from unnest(?::uuid[], ?::text[], ?::timestamptz[]) as u(id, domain, at)
      where m.tenant_id = ? and m.id = u.id and m.state = 'due'
      """;

  private static final String PULL =
      """
      update tenant.message set due_at = ?, waits_until = null
      where tenant_id = ? and state = 'due' and id = any(array(
        select id from tenant.message
        where tenant_id = ? and lane_id = ? and waits_for = ? and state = 'due'
          and waits_until = due_at and due_at > ?
        order by priority, due_at, id limit ?))
      """;

  /** Returns what is kept of a lane's pace. */
  public List<PaceRow> load(Tx tx, UUID laneId) throws SQLException {
    String sql =
        "select * from tenant.throttle where tenant_id = ? and lane_id = ? order by domain";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, laneId);
      List<PaceRow> found = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          found.add(row(rows));
        }
      }
      return found;
    }
  }

  /** Returns the fallback that a mailbox's mail goes by, or null for its own server. */
  public UUID fallback(Tx tx, UUID laneId) throws SQLException {
    String sql =
        "select fallback_id from tenant.mailboxes_fallback_v1 where tenant_id = ? and mailbox_id = ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, laneId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? row.getObject(1, UUID.class) : null;
      }
    }
  }

  static PaceRow row(ResultSet row) throws SQLException {
    Double perMinute = row.getObject("per_minute", Double.class);
    return new PaceRow(
        row.getString("domain"),
        perMinute == null ? Double.POSITIVE_INFINITY : perMinute,
        millis(row, "cut_at"),
        millis(row, "hold_until"),
        row.getInt("repeats"),
        row.getInt("rises"),
        millis(row, "changed_at"),
        row.getBoolean("evidence"),
        row.getBoolean("waited_for"),
        millis(row, "next_at"),
        millis(row, "put_off_until"),
        row.getInt("reply_code"),
        row.getString("enhanced_code"));
  }

  private static long millis(ResultSet row, String column) throws SQLException {
    return row.getTimestamp(column).getTime();
  }

  /** Keeps what has changed of a lane's pace. */
  public void save(Tx tx, UUID laneId, PaceRow.Changes changes, Instant now) throws SQLException {
    UUID tenantId = tx.context().tenantId();
    if (!changes.gone().isEmpty()) {
      String sql =
          "delete from tenant.throttle where tenant_id = ? and lane_id = ? and domain = any(?)";
      try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
        delete.setObject(1, tenantId);
        delete.setObject(2, laneId);
        delete.setArray(3, tx.connection().createArrayOf("text", changes.gone().toArray()));
        delete.executeUpdate();
      }
    }
    try (PreparedStatement upsert = tx.connection().prepareStatement(SAVE)) {
      for (PaceRow row : changes.kept()) {
        upsert.setObject(1, tenantId);
        upsert.setObject(2, Uuids.next());
        upsert.setObject(3, laneId);
        fill(upsert, row);
        upsert.setObject(17, now.atOffset(ZoneOffset.UTC));
        upsert.addBatch();
      }
      upsert.executeBatch();
    }
  }

  private static void fill(PreparedStatement upsert, PaceRow row) throws SQLException {
    upsert.setString(4, row.domain());
    if (Double.isFinite(row.perMinute())) {
      upsert.setDouble(5, row.perMinute());
    } else {
      upsert.setNull(5, Types.DOUBLE);
    }
    upsert.setBoolean(6, row.waitedFor());
    upsert.setObject(7, at(row.cutAt()));
    upsert.setObject(8, at(row.holdUntil()));
    upsert.setInt(9, row.repeats());
    upsert.setObject(10, at(row.nextAt()));
    upsert.setObject(11, at(row.putOffUntil()));
    upsert.setInt(12, row.code());
    upsert.setString(13, row.enhancedCode());
    upsert.setInt(14, row.rises());
    upsert.setObject(15, at(row.changedAt()));
    upsert.setBoolean(16, row.evidence());
  }

  /** What never was is kept as the beginning of 1970. */
  private static Object at(long millis) {
    return Instant.ofEpochMilli(Math.max(0, millis)).atOffset(ZoneOffset.UTC);
  }

  /** Puts messages off; those that are no longer due stay as they are. No try is counted. */
  public void move(Tx tx, List<Sorted.Moved> messages) throws SQLException {
    Connection connection = tx.connection();
    try (PreparedStatement update = connection.prepareStatement(MOVE)) {
      update.setArray(
          1,
          connection.createArrayOf(
              "uuid", messages.stream().map(one -> one.message().id()).toArray()));
      update.setArray(
          2,
          connection.createArrayOf("text", messages.stream().map(Sorted.Moved::domain).toArray()));
      update.setArray(
          3,
          connection.createArrayOf(
              "text",
              messages.stream().map(one -> Instant.ofEpochMilli(one.at()).toString()).toArray()));
      update.setObject(4, tx.context().tenantId());
      update.executeUpdate();
    }
  }

  /** Takes messages forward that were put off for a domain; returns how many there were. */
  public int pull(Tx tx, UUID laneId, String domain, int most, Instant now) throws SQLException {
    try (PreparedStatement update = tx.connection().prepareStatement(PULL)) {
      Object moment = now.atOffset(ZoneOffset.UTC);
      update.setObject(1, moment);
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, tx.context().tenantId());
      update.setObject(4, laneId);
      update.setString(5, domain);
      update.setObject(6, moment);
      update.setInt(7, most);
      return update.executeUpdate();
    }
  }
}
