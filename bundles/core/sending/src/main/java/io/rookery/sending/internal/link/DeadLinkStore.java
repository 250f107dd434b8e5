// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.link;

import io.rookery.api.sending.DeadLinks.DeadLink;
import io.rookery.api.sending.DeadLinks.Target;
import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** The table of killed links. */
public final class DeadLinkStore {

  /** Stands for no link of its own, such as a pixel, which only the campaign or tenant bars. */
  public static final int NO_LINK = -1;

  private static final String SELECT =
      """
      select id, campaign_id, number, reason, by_operator, killed_at from tenant.dead_link
      where tenant_id = ?""";

  /** Returns whether a link of a campaign is killed, by itself, with the campaign or with all. */
  public boolean bars(Tx tx, UUID campaignId, int number) throws SQLException {
    String sql =
        """
        select exists (select from tenant.dead_link where tenant_id = ?
          and (campaign_id is null or campaign_id = ? and (number is null or number = ?)))
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, campaignId, Types.OTHER);
      select.setInt(3, number);
      try (ResultSet row = select.executeQuery()) {
        row.next();
        return row.getBoolean(1);
      }
    }
  }

  /** Keeps a kill where the same side has not made it before; returns whether it did. */
  public boolean insert(Tx tx, DeadLink dead) throws SQLException {
    String sql =
        """
        insert into tenant.dead_link (tenant_id, id, campaign_id, number, reason, by_operator,
          killed_at)
        values (?, ?, ?, ?, ?, ?, ?) on conflict do nothing
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, dead.id());
      insert.setObject(3, dead.target().campaignId(), Types.OTHER);
      insert.setObject(4, dead.target().number(), Types.INTEGER);
      insert.setString(5, dead.reason());
      insert.setBoolean(6, dead.byOperator());
      insert.setObject(7, dead.killedAt().atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }

  /** Returns what one side has killed before. */
  public DeadLink same(Tx tx, DeadLink dead) throws SQLException {
    String sql =
        SELECT
            + " and campaign_id is not distinct from ? and number is not distinct from ?"
            + " and by_operator = ?";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, dead.target().campaignId(), Types.OTHER);
      select.setObject(3, dead.target().number(), Types.INTEGER);
      select.setBoolean(4, dead.byOperator());
      return rows(select).get(0);
    }
  }

  /** Returns a kill, locked, or empty. */
  public Optional<DeadLink> find(Tx tx, UUID id) throws SQLException {
    try (PreparedStatement select =
        tx.connection().prepareStatement(SELECT + " and id = ? for update")) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, id);
      return rows(select).stream().findFirst();
    }
  }

  /** Returns the newest thousand kills. */
  public List<DeadLink> list(Tx tx) throws SQLException {
    try (PreparedStatement select =
        tx.connection().prepareStatement(SELECT + " order by id desc limit 1000")) {
      select.setObject(1, tx.context().tenantId());
      return rows(select);
    }
  }

  /** Lets a kill go. */
  public void delete(Tx tx, UUID id) throws SQLException {
    String sql = "delete from tenant.dead_link where tenant_id = ? and id = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, id);
      delete.executeUpdate();
    }
  }

  private static List<DeadLink> rows(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      List<DeadLink> rows = new ArrayList<>();
      while (row.next()) {
        Target target =
            new Target(
                row.getObject("campaign_id", UUID.class), row.getObject("number", Integer.class));
        rows.add(
            new DeadLink(
                row.getObject("id", UUID.class),
                target,
                row.getString("reason"),
                row.getBoolean("by_operator"),
                row.getObject("killed_at", OffsetDateTime.class).toInstant()));
      }
      return rows;
    }
  }
}
