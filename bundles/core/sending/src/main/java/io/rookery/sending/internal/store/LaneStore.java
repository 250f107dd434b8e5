// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.api.mailboxes.SendingLimit;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.line.LaneKey;
import io.rookery.sending.internal.line.LaneState;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The lanes' own rows. A lane's due time is lowered in the transaction that makes messages due and
 * raised only under the row's lock, so a message that commits late is never left behind.
 */
public final class LaneStore {

  /** The time over which a mailbox's limit counts. */
  public static final Duration DAY = Duration.ofHours(24);

  /** A tenant that is not there sends nothing. */
  private static final String STANDING =
      "t.status is distinct from 'active' as suspended, coalesce(t.weight, 1) as weight,"
          + " z.tenant_id is not null as sealed, h.held_until";

  private static final String MAILBOX =
      """
      from tenant.mailboxes_sendable_v1 m
      left join tenant.tenancy_standings_v1 t on t.tenant_id = m.tenant_id
      left join tenant.secrets_seals_v1 z on z.tenant_id = m.tenant_id
      left join tenant.mailboxes_held_v1 h
        on h.tenant_id = m.tenant_id and h.mailbox_id = m.mailbox_id
      where m.tenant_id = ? and m.mailbox_id = ?""";

  /**
   * By what right a mailbox sends.
   *
   * @param limit how many messages it may send in 24 hours now
   * @param weight its tenant's part where tenants share the window
   */
  public record Right(int limit, int weight) {}

  /** Makes lanes due at a moment, in the transaction that makes their messages due. */
  public void makeDue(Tx tx, List<UUID> laneIds, Instant at) throws SQLException {
    String sql =
        """
        insert into tenant.lane (tenant_id, id, due_at, fence)
        select ?, lane, ?, 0 from unnest(?) lane order by lane
        on conflict (tenant_id, id)
        do update set due_at = least(coalesce(tenant.lane.due_at, excluded.due_at), excluded.due_at)
        """;
    try (PreparedStatement upsert = tx.connection().prepareStatement(sql)) {
      upsert.setObject(1, tx.context().tenantId());
      upsert.setObject(2, Rows.at(at));
      upsert.setArray(3, Rows.uuids(tx.connection(), laneIds));
      upsert.executeUpdate();
    }
  }

  /**
   * Has lanes say since when they hold urgent messages, in the transaction that has made these due
   * and, before that, their lanes.
   */
  public void makeUrgent(Tx tx, List<UUID> laneIds) throws SQLException {
    String sql =
        "update tenant.lane l set urgent_at = %s where tenant_id = ? and id = any(?)"
            .formatted(earliest(Priority.URGENT));
    if (laneIds.isEmpty()) {
      return;
    }
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, tx.context().tenantId());
      update.setArray(2, Rows.uuids(tx.connection(), laneIds));
      update.executeUpdate();
    }
  }

  /**
   * Notes that whoever has a lane's turn is about to read its urgent messages that are due at a
   * moment. Waits for those that are being made; what is made later makes the lane urgent again. To
   * be followed by the reading, in a statement of its own.
   */
  public void takeUrgent(Tx tx, UUID laneId, Instant now) throws SQLException {
    String sql =
        """
        update tenant.lane l set urgent_at = (
          select min(m.due_at) from %s cross join lateral (
            select due_at from tenant.message
            where tenant_id = l.tenant_id and lane_id = l.id and state = 'due'
              and priority = p.priority and due_at > ?
            order by due_at limit 1) m)
        where tenant_id = ? and id = ? and urgent_at <= ?
        """
            .formatted(Priority.URGENT);
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, Rows.at(now));
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, laneId);
      update.setObject(4, Rows.at(now));
      update.executeUpdate();
    }
  }

  /**
   * Sets a lane's due time to that of its next message, though not before a moment, which may be
   * null.
   */
  public void settle(Tx tx, UUID laneId, Instant notBefore, String heldBack) throws SQLException {
    UUID tenantId = tx.context().tenantId();
    try (PreparedStatement lock =
        tx.connection()
            .prepareStatement(
                "select 1 from tenant.lane where tenant_id = ? and id = ? for update")) {
      lock.setObject(1, tenantId);
      lock.setObject(2, laneId);
      lock.executeQuery().close();
    }
    // A statement of its own: its snapshot is younger than the lock and sees every earlier planner.
    String sql =
        """
        update tenant.lane l set held_back = ?, due_at = greatest(%s, ?::timestamptz),
          urgent_at = greatest(%s, ?::timestamptz)
        where tenant_id = ? and id = ?
        """
            .formatted(earliest(Priority.ALL), earliest(Priority.URGENT));
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setString(1, heldBack);
      update.setObject(2, Rows.at(notBefore));
      update.setObject(3, Rows.at(notBefore));
      update.setObject(4, tenantId);
      update.setObject(5, laneId);
      update.executeUpdate();
    }
    forgetEmpty(tx, laneId);
  }

  /**
   * Returns the due time of a lane's next message of some priorities, as SQL: one look into the
   * index for each, as in the index what is scheduled stands between what is due.
   */
  private static String earliest(String priorities) {
    return """
        (select min(m.due_at) from %s cross join lateral (
           select due_at from tenant.message
           where tenant_id = l.tenant_id and lane_id = l.id and state = 'due'
             and priority = p.priority
           order by due_at limit 1) m)"""
        .formatted(priorities);
  }

  /** Where nothing is due, greatest() has made the earliest next turn of it. */
  private static void forgetEmpty(Tx tx, UUID laneId) throws SQLException {
    String sql =
        """
        update tenant.lane l
        set due_at = case when %1$s is null then null else due_at end,
          urgent_at = case when %2$s is null then null else urgent_at end
        where tenant_id = ? and id = ? and (%1$s is null or %2$s is null and urgent_at is not null)
        """
            .formatted(earliest(Priority.ALL), earliest(Priority.URGENT));
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, tx.context().tenantId());
      update.setObject(2, laneId);
      update.executeUpdate();
    }
  }

  /**
   * Makes lanes that are held back due at a moment: these, or all of the tenant's where null is
   * given.
   */
  public void release(Tx tx, List<UUID> laneIds, Instant at) throws SQLException {
    String sql =
        """
        update tenant.lane set due_at = ?
        where tenant_id = ? and due_at > ? and held_back is not null and (?::uuid[] is null or id = any(?))
        """;
    Array ids = laneIds == null ? null : Rows.uuids(tx.connection(), laneIds);
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, Rows.at(at));
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, Rows.at(at));
      update.setArray(4, ids);
      update.setArray(5, ids);
      update.executeUpdate();
    }
  }

  /** Makes messages of a lane that were deferred due at once, and the lane with them. */
  public void advance(Tx tx, UUID laneId, List<UUID> messageIds, Instant now) throws SQLException {
    String sql =
        """
        update tenant.message set due_at = ?
        where tenant_id = ? and id = any(?) and state = 'due' and due_at > ?
        """;
    if (messageIds.isEmpty()) {
      return;
    }
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, Rows.at(now));
      update.setObject(2, tx.context().tenantId());
      update.setArray(3, Rows.uuids(tx.connection(), messageIds));
      update.setObject(4, Rows.at(now));
      if (update.executeUpdate() > 0) {
        makeDue(tx, List.of(laneId), now);
      }
    }
  }

  /** Makes every lane of a tenant due that holds due messages: the net under {@link #makeDue}. */
  public void sweep(Tx tx) throws SQLException {
    String sql =
        """
        insert into tenant.lane (tenant_id, id, due_at, fence)
        select tenant_id, lane_id, min(due_at), 0 from tenant.message
        where tenant_id = ? and state = 'due' group by tenant_id, lane_id
        on conflict (tenant_id, id) do update set due_at = excluded.due_at
        where tenant.lane.due_at is null
        """;
    try (PreparedStatement upsert = tx.connection().prepareStatement(sql)) {
      upsert.setObject(1, tx.context().tenantId());
      upsert.executeUpdate();
    }
  }

  /** Returns how many messages the server's statistics know of, in all; below 0 where of none. */
  public long messagesKnown(Connection system) throws SQLException {
    String sql = "select reltuples::bigint from pg_class where oid = 'tenant.message'::regclass";
    try (PreparedStatement select = system.prepareStatement(sql);
        ResultSet row = select.executeQuery()) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Notes who works on a lane, for people to see; null for nobody. */
  public void own(Connection system, LaneKey lane, String owner, long fence) throws SQLException {
    String sql = "update tenant.lane set owner = ?, fence = ? where tenant_id = ? and id = ?";
    try (PreparedStatement update = system.prepareStatement(sql)) {
      update.setString(1, owner);
      update.setLong(2, fence);
      update.setObject(3, lane.tenantId());
      update.setObject(4, lane.laneId());
      update.executeUpdate();
    }
  }

  /** Returns the tenants that have due messages, by skipping from one to the next in the index. */
  public List<UUID> tenantsWithDue(Connection system) throws SQLException {
    String sql =
        """
        with recursive skip as (
          (select tenant_id from tenant.message where state = 'due' order by tenant_id limit 1)
          union all
          select (select m.tenant_id from tenant.message m
                  where m.state = 'due' and m.tenant_id > skip.tenant_id order by m.tenant_id limit 1)
          from skip where skip.tenant_id is not null)
        select tenant_id from skip where tenant_id is not null
        """;
    try (PreparedStatement select = system.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<UUID> tenants = new ArrayList<>();
      while (rows.next()) {
        tenants.add(Rows.uuid(rows, "tenant_id"));
      }
      return tenants;
    }
  }

  /** Returns what a lane's mailbox allows now, or empty where the mailbox is gone. */
  public Optional<LaneState> state(Tx tx, UUID laneId, Instant now) throws SQLException {
    String sql =
        """
        select address, display_name, backend, paused, minimum_gap_millis, when_in_doubt, %s, %s
        %s
        """
            .formatted(LimitColumns.ALL, STANDING, MAILBOX);
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, laneId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(state(tx, laneId, row, now)) : Optional.empty();
      }
    }
  }

  /**
   * Returns by what right a lane's mailbox sends now, or empty where it may not: where it is gone
   * or paused or held, or its tenant suspended or sealed.
   */
  public Optional<Right> right(Tx tx, UUID laneId, Instant now) throws SQLException {
    String sql = "select paused, %s, %s %s".formatted(LimitColumns.ALL, STANDING, MAILBOX);
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, laneId);
      try (ResultSet row = select.executeQuery()) {
        return !row.next()
                || row.getBoolean("paused")
                || row.getBoolean("suspended")
                || row.getBoolean("sealed")
                || held(row, now)
            ? Optional.empty()
            : Optional.of(new Right(LimitColumns.limit(row, now).messages(), row.getInt("weight")));
      }
    }
  }

  private static boolean held(ResultSet row, Instant now) throws SQLException {
    Instant until = Rows.instant(row, "held_until");
    return until != null && until.isAfter(now);
  }

  private static LaneState state(Tx tx, UUID laneId, ResultSet row, Instant now)
      throws SQLException {
    SendingLimit limit = LimitColumns.limit(row, now);
    Sent sent = sent(tx, laneId, limit, now);
    return new LaneState(
        row.getString("address"),
        row.getString("display_name"),
        row.getString("backend"),
        row.getBoolean("paused"),
        (int) Math.max(0, limit.messages() - sent.count()),
        sent.roomAt(limit),
        row.getLong("minimum_gap_millis"),
        sent.last(),
        row.getString("when_in_doubt").equals("resend"),
        limit.messages(),
        row.getBoolean("suspended"),
        row.getBoolean("sealed"),
        held(row, now),
        row.getInt("weight"));
  }

  /** What a lane sent in the last day; the bound is the message that takes the last place. */
  private record Sent(long count, Instant last, Instant bound) {

    /** A place comes free when the bound is a day old, or with the next day of the ramp. */
    private Instant roomAt(SendingLimit limit) {
      Instant free = bound == null ? null : bound.plus(DAY);
      Instant risen = limit.changesAt();
      return free != null && risen != null && risen.isBefore(free) ? risen : free;
    }
  }

  private static Sent sent(Tx tx, UUID laneId, SendingLimit limit, Instant now)
      throws SQLException {
    String sql =
        """
        select sent.count as sent, sent.last as last_sent,
               (select finished_at from tenant.message
                where tenant_id = ? and lane_id = ? and state in ('accepted', 'in_doubt')
                  and finished_at > ?
                order by finished_at desc offset ? limit 1) as bound
        from (select count(*) as count, max(finished_at) as last from tenant.message
              where tenant_id = ? and lane_id = ?
                and state in ('accepted', 'in_doubt') and finished_at > ?) sent
        """;
    Instant since = now.minus(DAY);
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, laneId);
      select.setObject(3, Rows.at(since));
      select.setInt(4, limit.messages() - 1);
      select.setObject(5, tx.context().tenantId());
      select.setObject(6, laneId);
      select.setObject(7, Rows.at(since));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return new Sent(
            row.getLong("sent"), Rows.instant(row, "last_sent"), Rows.instant(row, "bound"));
      }
    }
  }
}
