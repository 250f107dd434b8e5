// SPDX-License-Identifier: Apache-2.0
package io.rookery.campaigns.internal.store;

import io.rookery.api.campaigns.CampaignData;
import io.rookery.campaigns.internal.content.ContentSource;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Fixed contents as rows, written once. */
public final class ContentStore {

  /** A fixed content. */
  public record Fixed(
      UUID id, UUID campaignId, CampaignData campaign, ContentSource source, List<String> links) {}

  /** Adds a content. */
  public void insert(Tx tx, Fixed content, Instant now) throws SQLException {
    String sql =
        """
        insert into tenant.campaign_content
          (tenant_id, id, campaign_id, subject, html, text, links, campaign, created_at)
        values (?, ?, ?, ?, ?, ?, ?::jsonb, ?::jsonb, ?)
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, content.id());
      insert.setObject(3, content.campaignId());
      insert.setString(4, content.source().subject());
      insert.setString(5, content.source().html());
      insert.setString(6, content.source().text());
      insert.setString(7, CampaignJson.write(content.links()));
      insert.setString(8, CampaignJson.write(content.campaign()));
      insert.setObject(9, Rows.at(now));
      insert.executeUpdate();
    }
  }

  /** Returns a content. */
  public Optional<Fixed> find(Tx tx, UUID id) throws SQLException {
    String sql =
        """
        select id, campaign_id, subject, html, text, links::text as links, campaign::text as campaign
        from tenant.campaign_content where tenant_id = ? and id = ?
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(content(row)) : Optional.empty();
      }
    }
  }

  private static Fixed content(ResultSet row) throws SQLException {
    return new Fixed(
        Rows.uuid(row, "id"),
        Rows.uuid(row, "campaign_id"),
        CampaignJson.read(row.getString("campaign")),
        new ContentSource(row.getString("subject"), row.getString("html"), row.getString("text")),
        CampaignJson.texts(row.getString("links")));
  }
}
