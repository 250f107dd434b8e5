// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.kernel.Tx;
import io.rookery.sending.internal.line.ClaimedMessage;
import io.rookery.sending.internal.line.ClaimedMessage.ContactRow;
import io.rookery.sending.internal.line.ClaimedMessage.Watermark;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Takes up messages of a lane, in the lane's order, by index. What must hold at once is read here:
 * whether the campaign runs, whether the recipient is suppressed or restricted.
 */
public final class ClaimStore {

  /** The states of campaigns in which their messages go out. */
  private static final Set<String> SENT = Set.of("running", "completed");

  // The sub-selects of one row each leave the server no choice but to look every row up by its key.
  // A plan that it made when the tables were new, and that it keeps, would read all contacts for
  // each. Each priority is read by itself, from the front or from the watermark: in the index what
  // is scheduled for later stands between what is due of one priority and what is of the next.
  static final String CLAIM =
      """
      with block as (
        select m.* from unnest(?::smallint[], ?::timestamptz[], ?::uuid[]) as p(priority, at, id)
        cross join lateral (
          select id, campaign_id, content_id, contact_id, address, host, priority, due_at, expires_at,
                 attempts, category, mode
          from tenant.message
          where tenant_id = ? and lane_id = ? and state = 'due' and priority = p.priority
            and (due_at, id) > (p.at, p.id) and due_at <= ?
          order by due_at, id
          limit ?) m
        order by m.priority, m.due_at, m.id
        limit ?)
      select b.*, c.contact_id as found, c.email, c.first_name, c.last_name,
             c.attributes::text as attributes, c.country, c.tracking_consent,
             coalesce(c.suppressed or c.restricted, false) as barred, r.state as campaign_state
      from block b
      left join lateral (
        select * from tenant.contacts_audience_v1
        where tenant_id = ? and contact_id = b.contact_id limit 1) c on true
      left join lateral (
        select state from tenant.campaigns_sendable_v1
        where tenant_id = ? and campaign_id = b.campaign_id limit 1) r on true
      order by b.priority, b.due_at, b.id
      """;

  private static final String END =
      """
      update tenant.message set state = ?, detail = ?, finished_at = ?
      where tenant_id = ? and state = 'due' and id = any(?)
      returning id
      """;

  /**
   * What a claim brought up. Whether the recipients of messages of no campaign are suppressed is
   * not known yet: that depends on why.
   */
  public record Claim(
      List<ClaimedMessage> ready,
      List<ClaimedMessage> barred,
      List<ClaimedMessage> expired,
      Watermark watermark,
      boolean more) {}

  /** Reads up to a number of messages beyond a watermark that are due at a moment. */
  public Claim claim(Tx tx, UUID laneId, Watermark beyond, Instant now, int limit)
      throws SQLException {
    return claim(tx, laneId, beyond, new Until(now, limit, false));
  }

  /** Reads up to a number of urgent messages that are due at a moment. */
  public Claim claimUrgent(Tx tx, UUID laneId, Instant now, int limit) throws SQLException {
    return claim(tx, laneId, Watermark.START, new Until(now, limit, true));
  }

  private record Until(Instant now, int limit, boolean urgentOnly) {}

  private static Claim claim(Tx tx, UUID laneId, Watermark beyond, Until until)
      throws SQLException {
    UUID tenantId = tx.context().tenantId();
    Connection connection = tx.connection();
    Short[] priorities = Priority.from(beyond.priority(), until.urgentOnly());
    Watermark front = Watermark.START;
    String[] times = new String[priorities.length];
    UUID[] ids = new UUID[priorities.length];
    for (int i = 0; i < priorities.length; i++) {
      Watermark from = priorities[i] == beyond.priority() ? beyond : front;
      times[i] = from.dueAt().toString();
      ids[i] = from.id();
    }
    try (PreparedStatement select = connection.prepareStatement(CLAIM)) {
      select.setArray(1, connection.createArrayOf("int2", priorities));
      select.setArray(2, connection.createArrayOf("text", times));
      select.setArray(3, connection.createArrayOf("uuid", ids));
      select.setObject(4, tenantId);
      select.setObject(5, laneId);
      select.setObject(6, Rows.at(until.now()));
      select.setInt(7, until.limit());
      select.setInt(8, until.limit());
      select.setObject(9, tenantId);
      select.setObject(10, tenantId);
      try (ResultSet rows = select.executeQuery()) {
        return sort(rows, beyond, until.now(), until.limit());
      }
    }
  }

  private static Claim sort(ResultSet rows, Watermark beyond, Instant now, int limit)
      throws SQLException {
    List<ClaimedMessage> ready = new ArrayList<>();
    List<ClaimedMessage> barred = new ArrayList<>();
    List<ClaimedMessage> expired = new ArrayList<>();
    Watermark watermark = beyond;
    int count = 0;
    while (rows.next()) {
      ClaimedMessage message = message(rows);
      watermark = message.watermark();
      count++;
      if (now.isAfter(message.expiresAt())) {
        expired.add(message);
      } else if (message.to() == null || (rows.getBoolean("barred") && !message.single())) {
        barred.add(message);
      } else if (message.contactId() == null || message.single() || SENT.contains(state(rows))) {
        ready.add(message);
      }
    }
    return new Claim(ready, barred, expired, watermark, count == limit);
  }

  private static String state(ResultSet row) throws SQLException {
    String state = row.getString("campaign_state");
    return state == null ? "" : state;
  }

  private static ClaimedMessage message(ResultSet row) throws SQLException {
    UUID contactId = Rows.uuid(row, "contact_id");
    ContactRow contact =
        contactId == null
            ? null
            : new ContactRow(
                row.getString("first_name"),
                row.getString("last_name"),
                row.getString("attributes"),
                row.getString("country"),
                row.getObject("tracking_consent", Boolean.class));
    return new ClaimedMessage(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "campaign_id"),
        Rows.uuid(row, "content_id"),
        contactId,
        contactId == null ? row.getString("address") : row.getString("email"),
        row.getString("host"),
        row.getInt("priority"),
        Rows.instant(row, "due_at"),
        Rows.instant(row, "expires_at"),
        row.getInt("attempts"),
        contact,
        row.getString("category").equals("transactional"),
        row.getString("mode").equals("test"));
  }

  /**
   * Ends messages that are not to be sent; those that are no longer due stay as they are.
   *
   * @return the ids of those that were ended
   */
  public Set<UUID> end(Tx tx, List<UUID> ids, String state, String detail, Instant now)
      throws SQLException {
    Set<UUID> ended = new HashSet<>();
    if (ids.isEmpty()) {
      return ended;
    }
    try (PreparedStatement update = tx.connection().prepareStatement(END)) {
      update.setString(1, state);
      update.setString(2, detail);
      update.setObject(3, Rows.at(now));
      update.setObject(4, tx.context().tenantId());
      update.setArray(5, Rows.uuids(tx.connection(), ids));
      try (ResultSet rows = update.executeQuery()) {
        while (rows.next()) {
          ended.add(Rows.uuid(rows, "id"));
        }
      }
    }
    return ended;
  }
}
