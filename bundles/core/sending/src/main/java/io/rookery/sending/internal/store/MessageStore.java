// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.function.Function;

/** Makes messages, and moves those of a campaign together. */
public final class MessageStore {

  /** A message to make; either the contact or the address is null. */
  public record New(UUID id, UUID contactId, String address, UUID mailboxId, String host) {}

  /** What the messages of one call share; what they are is said by {@link #kind}. */
  public record Shared(
      UUID campaignId, UUID contentId, int priority, Instant dueAt, Instant expiresAt, Kind kind) {

    /** Messages that are commercial and live. */
    public Shared(UUID campaignId, UUID contentId, int priority, Instant dueAt, Instant expiresAt) {
      this(campaignId, contentId, priority, dueAt, expiresAt, Kind.USUAL);
    }

    /** Returns the same for messages of a campaign's own category and mode. */
    public Shared of(Campaign campaign) {
      return new Shared(campaignId, contentId, priority, dueAt, expiresAt, Kind.of(campaign));
    }
  }

  /** What messages are, and whether they may leave the sandbox. */
  public record Kind(Category category, TenantContext.Mode mode) {

    static final Kind USUAL = new Kind(Category.COMMERCIAL, TenantContext.Mode.LIVE);

    static Kind of(Campaign campaign) {
      boolean transactional = campaign.data().category() == Category.TRANSACTIONAL;
      return new Kind(
          transactional ? Category.TRANSACTIONAL : Category.COMMERCIAL, campaign.mode());
    }
  }

  /** From which states to which, and when that ends them; null where it does not. */
  public record Move(List<String> from, String to, Instant finishedAt) {}

  private static final String INSERT =
      """
      insert into tenant.message (tenant_id, id, campaign_id, content_id, contact_id, address, lane_id,
        host, priority, category, mode, state, due_at, expires_at, attempts, reply_code, created_at)
      select ?, u.id, ?, ?, u.contact_id, u.address, u.lane_id, u.host, ?, ?, ?, 'due', ?, ?, 0, 0, ?
      from unnest(?::uuid[], ?::uuid[], ?::text[], ?::uuid[], ?::text[])
        as u(id, contact_id, address, lane_id, host)
      """;

  /** Inserts messages that are due. */
  public void insert(Tx tx, Shared shared, List<New> messages, Instant now) throws SQLException {
    Connection connection = tx.connection();
    try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, shared.campaignId());
      insert.setObject(3, shared.contentId());
      insert.setInt(4, shared.priority());
      insert.setString(5, word(shared.kind().category()));
      insert.setString(6, word(shared.kind().mode()));
      insert.setObject(7, Rows.at(shared.dueAt()));
      insert.setObject(8, Rows.at(shared.expiresAt()));
      insert.setObject(9, Rows.at(now));
      insert.setArray(10, connection.createArrayOf("uuid", column(messages, New::id)));
      insert.setArray(11, connection.createArrayOf("uuid", column(messages, New::contactId)));
      insert.setArray(12, connection.createArrayOf("text", column(messages, New::address)));
      insert.setArray(13, connection.createArrayOf("uuid", column(messages, New::mailboxId)));
      insert.setArray(14, connection.createArrayOf("text", column(messages, New::host)));
      insert.executeUpdate();
    }
  }

  private static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Object[] column(List<New> messages, Function<New, Object> part) {
    return messages.stream().map(part).toArray();
  }

  /**
   * Moves up to a number of a campaign's messages from one state to another; returns how many. What
   * another transaction moves meanwhile, as an outcome that is just recorded does, stays as that
   * left it: the state is asked for of the row itself, which PostgreSQL looks at again then.
   */
  public int move(Tx tx, UUID campaignId, Move move, int limit) throws SQLException {
    String sql =
        """
        update tenant.message set state = ?,
          finished_at = coalesce(?::timestamptz, finished_at)
        where tenant_id = ? and state = any(?) and id in (
          select id from tenant.message
          where tenant_id = ? and campaign_id = ? and state = any(?) and contact_id is not null
          order by id limit ?)
        """;
    Array from = tx.connection().createArrayOf("text", move.from().toArray());
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setString(1, move.to());
      update.setObject(2, Rows.at(move.finishedAt()));
      update.setObject(3, tx.context().tenantId());
      update.setArray(4, from);
      update.setObject(5, tx.context().tenantId());
      update.setObject(6, campaignId);
      update.setArray(7, from);
      update.setInt(8, limit);
      return update.executeUpdate();
    }
  }

  /** Cancels up to a number of a campaign's recipients that still wait; returns how many. */
  public int cancelWaiting(Tx tx, UUID campaignId, int limit) throws SQLException {
    String sql =
        """
        update tenant.recipient set state = 'cancelled'
        where tenant_id = ? and state = 'waiting' and id in (
          select id from tenant.recipient
          where tenant_id = ? and campaign_id = ? and state = 'waiting' order by id limit ?)
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, tx.context().tenantId());
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, campaignId);
      update.setInt(4, limit);
      return update.executeUpdate();
    }
  }

  /** Returns the lanes of a campaign's due messages. */
  public List<UUID> lanes(Tx tx, UUID campaignId) throws SQLException {
    String sql =
        """
        select distinct lane_id from tenant.message
        where tenant_id = ? and campaign_id = ? and state = 'due'
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, campaignId);
      try (ResultSet rows = select.executeQuery()) {
        List<UUID> lanes = new ArrayList<>();
        while (rows.next()) {
          lanes.add(Rows.uuid(rows, "lane_id"));
        }
        return lanes;
      }
    }
  }

  /** Returns whether a campaign has messages that may still go out. */
  public boolean anyLeft(Tx tx, UUID campaignId) throws SQLException {
    String sql =
        """
        select exists (select 1 from tenant.message
          where tenant_id = ? and campaign_id = ? and state in ('due', 'held')
            and contact_id is not null)
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, campaignId);
      try (ResultSet row = select.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }
}
