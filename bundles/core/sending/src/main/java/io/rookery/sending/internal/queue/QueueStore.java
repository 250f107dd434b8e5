// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.queue;

import io.rookery.api.sending.SendingQueue;
import io.rookery.api.sending.SendingQueue.Lane;
import io.rookery.api.sending.SendingQueue.Totals;
import io.rookery.api.sending.SendingQueue.Waiting;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/**
 * Counts what waits. Every count is of an index that holds what is counted alone, and ends at a
 * bound: a million messages cost no more than ten thousand.
 */
final class QueueStore {

  /** A count up to the bound; the text is the table's condition. */
  private static final String COUNT =
      "(select count(*) from (select from tenant.message m where %s limit "
          + SendingQueue.COUNTED
          + ") as counted)";

  /**
   * The first of each priority, of which there are ten at most: the index of due messages is
   * ordered by priority first, and its whole stretch would be walked else.
   */
  private static final String OLDEST =
      """
      (select min(first.due_at) from generate_series(0, 9) as p(priority),
        lateral (select m.due_at from tenant.message m
                 where %s and m.state = 'due' and m.priority = p.priority::smallint
                 order by m.due_at limit 1) as first)""";

  private static final String OF_LANE = "m.tenant_id = l.tenant_id and m.lane_id = l.id";

  // What nodes noted lately is looked up by lane, in the one or two minutes that count.
  private static final String LANES =
      """
      select l.id, l.due_at, l.owner, l.held_back, %s as due, %s as transactional, %s as held,
        %s as oldest,
        (select coalesce(sum(r.in_flight), 0) from tenant.sending_rate r
         where r.tenant_id = l.tenant_id and r.kind = 'mailbox' and r.mode in ('live', 'test')
           and r.at in (?, ?) and r.name = l.id::text and r.updated_at > ?) as in_flight
      from tenant.lane l
      where l.tenant_id = ? and l.due_at is not null and l.id > ?
      order by l.id limit ?
      """
          .formatted(
              COUNT.formatted(OF_LANE + " and m.state = 'due'"),
              COUNT.formatted(OF_LANE + " and m.state = 'due' and m.category = 'transactional'"),
              COUNT.formatted(OF_LANE + " and m.state = 'held'"),
              OLDEST.formatted(OF_LANE));

  private static final String OF_TENANT = "m.tenant_id = t.id";

  private static final String TOTALS =
      """
      select %s as due, %s as transactional, %s as held, %s as failed, %s as in_doubt,
        (select min(l.due_at) from tenant.lane l where l.tenant_id = t.id) as oldest,
        (select l.id from tenant.lane l where l.tenant_id = t.id and l.due_at is not null
         order by l.due_at, l.id limit 1) as next_lane,
        (select count(*) from tenant.lane l
         where l.tenant_id = t.id and l.due_at is not null) as lanes,
        (select count(*) from tenant.lane l
         where l.tenant_id = t.id and l.due_at is not null and l.held_back is not null) as held_back
      from (select ?::uuid as id) as t
      """
          .formatted(
              COUNT.formatted(OF_TENANT + " and m.state = 'due'"),
              COUNT.formatted(OF_TENANT + " and m.state = 'due' and m.category = 'transactional'"),
              COUNT.formatted(OF_TENANT + " and m.state = 'held'"),
              COUNT.formatted(OF_TENANT + " and m.state = 'failed'"),
              COUNT.formatted(OF_TENANT + " and m.state = 'in_doubt'"));

  /** What a node noted longer ago says nothing about what is in flight now. */
  private static final int FRESH_SECONDS = 20;

  /** Returns the lanes that hold messages, by id, beyond one; what they had accepted is not set. */
  List<Lane> lanes(Tx tx, UUID beyond, Instant now, int limit) throws SQLException {
    Instant minute = Instant.ofEpochSecond(now.getEpochSecond() / 60 * 60);
    try (PreparedStatement select = tx.connection().prepareStatement(LANES)) {
      select.setObject(1, minute.atOffset(ZoneOffset.UTC));
      select.setObject(2, minute.minusSeconds(60).atOffset(ZoneOffset.UTC));
      select.setObject(3, now.minusSeconds(FRESH_SECONDS).atOffset(ZoneOffset.UTC));
      select.setObject(4, tx.context().tenantId());
      select.setObject(5, beyond);
      select.setInt(6, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<Lane> lanes = new ArrayList<>();
        while (rows.next()) {
          lanes.add(lane(rows));
        }
        return lanes;
      }
    }
  }

  private static Lane lane(ResultSet row) throws SQLException {
    return new Lane(
        row.getObject("id", UUID.class),
        waiting(row),
        instant(row, "due_at"),
        row.getString("owner"),
        row.getString("held_back"),
        row.getInt("in_flight"),
        0);
  }

  /** Returns what waits and what failed of the tenant altogether. */
  Totals totals(Tx tx) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(TOTALS)) {
      select.setObject(1, tx.context().tenantId());
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Totals(
            waiting(row),
            row.getLong("lanes"),
            row.getLong("held_back"),
            row.getLong("failed"),
            row.getLong("in_doubt"),
            row.getObject("next_lane", UUID.class));
      }
    }
  }

  private static Waiting waiting(ResultSet row) throws SQLException {
    return new Waiting(
        row.getLong("due"),
        row.getLong("transactional"),
        row.getLong("held"),
        instant(row, "oldest"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp stamp = row.getTimestamp(column);
    return stamp == null ? null : stamp.toInstant();
  }
}
