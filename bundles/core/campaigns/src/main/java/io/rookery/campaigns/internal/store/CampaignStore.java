// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.store;

import io.rookery.api.campaigns.Campaign;
import io.rookery.api.campaigns.Campaign.State;
import io.rookery.api.campaigns.CampaignData;
import io.rookery.api.campaigns.CampaignData.Category;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** Campaigns as rows. A test context sees test campaigns only. */
public final class CampaignStore {

  private static final String SELECT =
      """
      select id, workspace_id, name, template_id, list_ids, mailbox_ids, from_name, reply_to, category, track_opens,
        track_clicks, start_at, state, mode, content_id, created_at, started_at, finished_at, version
      from tenant.campaign where tenant_id = ? and mode = any(?)
      """;

  private static final String INSERT =
      """
      insert into tenant.campaign
        (name, template_id, list_ids, mailbox_ids, from_name, reply_to, category, track_opens,
         track_clicks, start_at, state, content_id, started_at, finished_at, version, workspace_id,
         mode, created_at, tenant_id, id)
      values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
      """;

  private static final String UPDATE =
      """
      update tenant.campaign set name = ?, template_id = ?, list_ids = ?, mailbox_ids = ?,
        from_name = ?, reply_to = ?, category = ?, track_opens = ?, track_clicks = ?, start_at = ?,
        state = ?, content_id = ?, started_at = ?, finished_at = ?, version = ?, workspace_id = ?
      where tenant_id = ? and id = ?
      """;

  /** A campaign whose hour has come. */
  public record Due(UUID tenantId, UUID id) {}

  /** Adds a campaign. */
  public void insert(Tx tx, Campaign campaign) throws SQLException {
    try (PreparedStatement insert = tx.connection().prepareStatement(INSERT)) {
      bind(insert, campaign);
      insert.setString(17, word(campaign.mode()));
      insert.setObject(18, Rows.at(campaign.createdAt()));
      insert.setObject(19, tx.context().tenantId());
      insert.setObject(20, campaign.id());
      insert.executeUpdate();
    }
  }

  /** Writes a campaign that {@link #lock} returned. */
  public void update(Tx tx, Campaign campaign) throws SQLException {
    try (PreparedStatement update = tx.connection().prepareStatement(UPDATE)) {
      bind(update, campaign);
      update.setObject(17, tx.context().tenantId());
      update.setObject(18, campaign.id());
      update.executeUpdate();
    }
  }

  private static void bind(PreparedStatement statement, Campaign campaign) throws SQLException {
    CampaignData data = campaign.data();
    statement.setString(1, data.name());
    statement.setObject(2, data.templateId());
    statement.setArray(3, Rows.uuids(statement.getConnection(), data.listIds()));
    statement.setArray(4, Rows.uuids(statement.getConnection(), data.mailboxIds()));
    statement.setString(5, data.fromName());
    statement.setString(6, data.replyTo());
    statement.setString(7, word(data.category()));
    statement.setBoolean(8, data.trackOpens());
    statement.setBoolean(9, data.trackClicks());
    statement.setObject(10, Rows.at(data.startAt()));
    statement.setString(11, word(campaign.state()));
    statement.setObject(12, campaign.contentId());
    statement.setObject(13, Rows.at(campaign.startedAt()));
    statement.setObject(14, Rows.at(campaign.finishedAt()));
    statement.setLong(15, campaign.version());
    statement.setObject(16, data.workspaceId());
  }

  /** Returns a campaign. */
  public Optional<Campaign> find(Tx tx, UUID id) throws SQLException {
    return find(tx, id, "");
  }

  /** Returns a campaign and holds its row until the transaction ends. */
  public Optional<Campaign> lock(Tx tx, UUID id) throws SQLException {
    return find(tx, id, " for update");
  }

  private static Optional<Campaign> find(Tx tx, UUID id, String lock) throws SQLException {
    String sql = SELECT + " and id = ?" + lock;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      visible(tx, select);
      select.setObject(3, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(campaign(row)) : Optional.empty();
      }
    }
  }

  /** Returns campaigns, newest first, those older than one only where it is not null. */
  public List<Campaign> list(Tx tx, UUID olderThan, int limit) throws SQLException {
    String sql = SELECT + " and (?::uuid is null or id < ?) order by id desc limit ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      visible(tx, select);
      select.setObject(3, olderThan);
      select.setObject(4, olderThan);
      select.setInt(5, limit);
      List<Campaign> campaigns = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          campaigns.add(campaign(rows));
        }
      }
      return campaigns;
    }
  }

  private static void visible(Tx tx, PreparedStatement select) throws SQLException {
    boolean test = tx.context().mode() == TenantContext.Mode.TEST;
    String[] modes = test ? new String[] {"test"} : new String[] {"live", "test"};
    select.setObject(1, tx.context().tenantId());
    select.setArray(2, select.getConnection().createArrayOf("text", modes));
  }

  /** Returns whether campaigns of a workspace have been started or scheduled and not ended. */
  public boolean unfinished(Tx tx, UUID workspaceId) throws SQLException {
    String sql =
        """
        select exists (select from tenant.campaign where tenant_id = ? and workspace_id = ?
          and state in ('scheduled', 'running', 'paused'))
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, workspaceId);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Removes a campaign. */
  public void delete(Tx tx, UUID id) throws SQLException {
    String sql = "delete from tenant.campaign where tenant_id = ? and id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      delete.executeUpdate();
    }
  }

  /** Returns scheduled campaigns of all tenants that are due at a moment; as the platform. */
  public List<Due> due(Connection system, Instant now, int limit) throws SQLException {
    String sql =
        "select tenant_id, id from tenant.campaign"
            + " where state = 'scheduled' and start_at <= ? order by start_at limit ?";
    try (PreparedStatement select = system.prepareStatement(sql)) {
      select.setObject(1, Rows.at(now));
      select.setInt(2, limit);
      List<Due> due = new ArrayList<>();
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          due.add(new Due(Rows.uuid(rows, "tenant_id"), Rows.uuid(rows, "id")));
        }
      }
      return due;
    }
  }

  private static Campaign campaign(ResultSet row) throws SQLException {
    return new Campaign(
        Rows.uuid(row, "id"),
        data(row),
        State.valueOf(row.getString("state").toUpperCase(Locale.ROOT)),
        TenantContext.Mode.valueOf(row.getString("mode").toUpperCase(Locale.ROOT)),
        Rows.uuid(row, "content_id"),
        Rows.instant(row, "created_at"),
        Rows.instant(row, "started_at"),
        Rows.instant(row, "finished_at"),
        row.getLong("version"));
  }

  private static CampaignData data(ResultSet row) throws SQLException {
    return new CampaignData(
        row.getString("name"),
        Rows.uuid(row, "template_id"),
        Rows.uuids(row, "list_ids"),
        Rows.uuids(row, "mailbox_ids"),
        row.getString("from_name"),
        row.getString("reply_to"),
        Category.valueOf(row.getString("category").toUpperCase(Locale.ROOT)),
        row.getBoolean("track_opens"),
        row.getBoolean("track_clicks"),
        Rows.instant(row, "start_at"),
        Rows.uuid(row, "workspace_id"));
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
