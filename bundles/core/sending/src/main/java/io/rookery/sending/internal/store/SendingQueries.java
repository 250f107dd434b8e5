// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.api.sending.SendingService.Message;
import io.rookery.api.sending.SendingService.MessageFilter;
import io.rookery.api.sending.SendingService.Progress;
import io.rookery.api.sending.SendingService.State;
import io.rookery.kernel.TenantContext.Mode;
import io.rookery.kernel.Tx;
import io.rookery.sending.internal.line.RetryPolicy;
import io.rookery.sending.internal.mime.Mail;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** What people ask about the queue. */
public final class SendingQueries {

  private static final String COLUMNS =
      """
      select id, campaign_id, contact_id, lane_id, category, mode, state, attempts, due_at, reply_code, enhanced_code,
             detail, host, created_at, finished_at from tenant.message
      """;

  /** Returns a page of messages, newest first, beyond an id, which may be null. */
  public List<Message> messages(Tx tx, MessageFilter filter, UUID beyond, int limit)
      throws SQLException {
    StringBuilder sql = new StringBuilder(COLUMNS).append(" where tenant_id = ?");
    List<Object> values = new ArrayList<>(List.of(tx.context().tenantId()));
    if (filter.campaignId() != null) {
      sql.append(" and campaign_id = ?");
      values.add(filter.campaignId());
    }
    if (filter.state() != null) {
      // Written out, so that the server may use the indexes of one state alone.
      String state = filter.state().name().toLowerCase(Locale.ROOT);
      sql.append(
          filter.state() == State.DUE
              ? " and state in ('due', 'held')"
              : " and state = '" + state + "'");
    }
    if (filter.category() != null) {
      sql.append(" and category = ?");
      values.add(filter.category().name().toLowerCase(Locale.ROOT));
    }
    sql.append(seen(tx));
    if (beyond != null) {
      sql.append(" and id < ?");
      values.add(beyond);
    }
    sql.append(" order by id desc limit ?");
    values.add(limit);
    try (PreparedStatement select = tx.connection().prepareStatement(sql.toString())) {
      for (int i = 0; i < values.size(); i++) {
        select.setObject(i + 1, values.get(i));
      }
      try (ResultSet rows = select.executeQuery()) {
        List<Message> messages = new ArrayList<>();
        while (rows.next()) {
          messages.add(message(rows));
        }
        return messages;
      }
    }
  }

  /** Returns the condition by which a test key sees what was made in test mode alone. */
  public static String seen(Tx tx) {
    return tx.context().mode() == Mode.TEST ? " and mode = 'test'" : "";
  }

  /** Returns a message, or empty. */
  public Optional<Message> message(Tx tx, UUID id) throws SQLException {
    String sql = COLUMNS + " where tenant_id = ? and id = ?" + seen(tx);
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(message(row)) : Optional.empty();
      }
    }
  }

  /** Returns the beginning of a statement that selects messages. */
  public static String columns() {
    return COLUMNS;
  }

  /** Reads a message of the columns that {@link #columns} selects. */
  public static Message message(ResultSet row) throws SQLException {
    UUID id = Rows.uuid(row, "id");
    String state = row.getString("state");
    return new Message(
        id,
        Rows.uuid(row, "campaign_id"),
        Rows.uuid(row, "contact_id"),
        Rows.uuid(row, "lane_id"),
        Category.valueOf(row.getString("category").toUpperCase(Locale.ROOT)),
        Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
        state.equals("held") ? State.DUE : State.valueOf(state.toUpperCase(Locale.ROOT)),
        row.getInt("attempts"),
        Rows.instant(row, "due_at"),
        row.getInt("reply_code"),
        row.getString("enhanced_code"),
        row.getString("detail"),
        Mail.messageId(id, row.getString("host")),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "finished_at"));
  }

  /** Returns how far a campaign is. */
  public Progress progress(Tx tx, UUID campaignId) throws SQLException {
    String sql =
        """
        select 'r_' || state as state, count(*) as count from tenant.recipient
          where tenant_id = ? and campaign_id = ? group by state
        union all
        select 'm_' || state, count(*) from tenant.message
          where tenant_id = ? and campaign_id = ? and contact_id is not null group by state
        union all
        select 'p_' || state, 1 from tenant.campaign_plan where tenant_id = ? and id = ?
        """;
    Map<String, Long> counts = new HashMap<>();
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      for (int i = 1; i < 6; i += 2) {
        select.setObject(i, tx.context().tenantId());
        select.setObject(i + 1, campaignId);
      }
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          counts.put(rows.getString("state"), rows.getLong("count"));
        }
      }
    }
    return progress(counts);
  }

  private static Progress progress(Map<String, Long> counts) {
    return new Progress(
        sum(counts, "r_waiting", "r_assigned", "r_suppressed", "r_cancelled"),
        sum(counts, "r_waiting", "m_due", "m_held"),
        sum(counts, "m_accepted"),
        sum(counts, "m_failed"),
        sum(counts, "r_suppressed", "m_suppressed"),
        sum(counts, "r_cancelled", "m_cancelled"),
        sum(counts, "m_in_doubt"),
        counts.containsKey("p_choosing"));
  }

  private static long sum(Map<String, Long> counts, String... names) {
    long sum = 0;
    for (String name : names) {
      sum += counts.getOrDefault(name, 0L);
    }
    return sum;
  }

  /** What a link needs of its message; the address is null for a message to a contact. */
  public record Linked(UUID contentId, UUID campaignId, UUID contactId, String address) {}

  /** Returns what a link needs of its message, or empty. */
  public Optional<Linked> linked(Tx tx, UUID messageId) throws SQLException {
    String sql =
        """
        select m.content_id, m.campaign_id, m.contact_id, coalesce(m.address, c.email) as address
        from tenant.message m
        left join lateral (
          select email from tenant.contacts_audience_v1
          where tenant_id = m.tenant_id and contact_id = m.contact_id limit 1) c on true
        where m.tenant_id = ? and m.id = ?
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, messageId);
      try (ResultSet row = select.executeQuery()) {
        return row.next()
            ? Optional.of(
                new Linked(
                    Rows.uuid(row, "content_id"),
                    Rows.uuid(row, "campaign_id"),
                    Rows.uuid(row, "contact_id"),
                    row.getString("address")))
            : Optional.empty();
      }
    }
  }

  /** Returns how many of these ids are messages of the tenant. */
  public int known(Tx tx, List<UUID> ids) throws SQLException {
    String sql =
        "select count(*) from tenant.message where tenant_id = ? and id = any(?)" + seen(tx);
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(2, Rows.uuids(tx.connection(), ids));
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /**
   * Puts dead letters and messages in doubt into the queue again, where those of a paused campaign
   * are held until it is resumed; returns the lanes of those that were.
   */
  public List<UUID> requeue(Tx tx, List<UUID> ids, MessageStore.Shared times) throws SQLException {
    lock(tx, ids);
    // A statement of its own: its snapshot is younger than the locks, and knows whether what they
    // say was removed in between.
    String sql =
        """
        update tenant.message m
        set state = case when contact_id is not null and exists (
              select 1 from tenant.campaigns_sendable_v1 c
              where c.tenant_id = m.tenant_id and c.campaign_id = m.campaign_id
                and c.state = 'paused') then 'held' else 'due' end,
          due_at = ?, attempts = 0, finished_at = null,
          expires_at = case when category = 'transactional' then least(?, ?::timestamptz) else ? end
        where tenant_id = ? and id = any(?) and state in ('failed', 'in_doubt')%s
          and case
            when campaign_id is null then exists (
              select 1 from tenant.message_content c where c.tenant_id = m.tenant_id and c.id = m.id)
            else contact_id is null or exists (
              select 1 from tenant.campaigns_sendable_v1 c
              where c.tenant_id = m.tenant_id and c.campaign_id = m.campaign_id) end
        returning lane_id
        """
            .formatted(seen(tx));
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, Rows.at(times.dueAt()));
      update.setObject(2, Rows.at(times.expiresAt()));
      update.setObject(3, Rows.at(times.dueAt().plus(RetryPolicy.TRANSACTIONAL)));
      update.setObject(4, Rows.at(times.expiresAt()));
      update.setObject(5, tx.context().tenantId());
      update.setArray(6, Rows.uuids(tx.connection(), ids));
      try (ResultSet rows = update.executeQuery()) {
        List<UUID> lanes = new ArrayList<>();
        while (rows.next()) {
          lanes.add(Rows.uuid(rows, "lane_id"));
        }
        return lanes;
      }
    }
  }

  private static void lock(Tx tx, List<UUID> ids) throws SQLException {
    String sql =
        "select id from tenant.message where tenant_id = ? and id = any(?) order by id for update";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(2, Rows.uuids(tx.connection(), ids));
      select.executeQuery().close();
    }
  }
}
