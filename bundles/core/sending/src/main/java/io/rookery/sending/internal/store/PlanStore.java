// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.api.sending.MailboxStandings.Standing;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.sending.internal.store.StandingStore.Standings;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** The choosing of a campaign's recipients and the making of its messages, in sets. */
public final class PlanStore {

  /** How far a campaign's plan is. */
  public enum PlanState {
    CHOOSING,
    ASSIGNING,
    ASSIGNED,
    ENDED;

    String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A campaign's plan. */
  public record Plan(UUID campaignId, UUID contentId, PlanState state) {}

  /** A plan of any tenant that is not at its end. */
  public record OpenPlan(UUID tenantId, UUID campaignId) {}

  /**
   * A mailbox with room for more messages.
   *
   * @param health by what share it gets fewer new contacts than its room allows, from 0.1 to 1
   */
  public record Room(UUID mailboxId, String host, long room, double health) {

    /** A mailbox of which nothing bad is known. */
    public Room(UUID mailboxId, String host, long room) {
      this(mailboxId, host, room, 1);
    }

    /** Returns its part in what is spread over several mailboxes. */
    public double weight() {
      return room * health;
    }
  }

  /** A contact that is on a list, and whether nobody may write to it. */
  public record Found(UUID contactId, boolean barred) {}

  /** What a recipient is at first. */
  public enum RecipientState {
    WAITING,
    ASSIGNED,
    SUPPRESSED;

    String column() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** A recipient to add. */
  public record NewRecipient(UUID contactId, RecipientState state) {}

  private final StandingStore standings = new StandingStore();

  /** Makes a campaign's plan unless it has one. */
  public void begin(Tx tx, UUID campaignId, UUID contentId, Instant now) throws SQLException {
    String sql =
        """
        insert into tenant.campaign_plan (tenant_id, id, content_id, state, created_at)
        values (?, ?, ?, 'choosing', ?) on conflict do nothing
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, campaignId);
      insert.setObject(3, contentId);
      insert.setObject(4, Rows.at(now));
      insert.executeUpdate();
    }
  }

  /**
   * Returns a campaign's plan and holds it until the transaction ends, or empty where there is
   * none.
   */
  public Optional<Plan> lock(Tx tx, UUID campaignId) throws SQLException {
    String sql =
        "select content_id, state from tenant.campaign_plan where tenant_id = ? and id = ? for"
            + " update";
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, campaignId);
      try (ResultSet row = select.executeQuery()) {
        if (!row.next()) {
          return Optional.empty();
        }
        PlanState state = PlanState.valueOf(row.getString("state").toUpperCase(Locale.ROOT));
        return Optional.of(new Plan(campaignId, Rows.uuid(row, "content_id"), state));
      }
    }
  }

  /** Notes how far a plan is. */
  public void move(Tx tx, UUID campaignId, PlanState state) throws SQLException {
    String sql = "update tenant.campaign_plan set state = ? where tenant_id = ? and id = ?";
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setString(1, state.column());
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, campaignId);
      update.executeUpdate();
    }
  }

  /** Returns plans that are not at their end, of all tenants; for the platform's own role. */
  public List<OpenPlan> open(Connection system) throws SQLException {
    String sql =
        "select tenant_id, id from tenant.campaign_plan where state in ('assigning', 'assigned')";
    try (PreparedStatement select = system.prepareStatement(sql);
        ResultSet rows = select.executeQuery()) {
      List<OpenPlan> plans = new ArrayList<>();
      while (rows.next()) {
        plans.add(new OpenPlan(Rows.uuid(rows, "tenant_id"), Rows.uuid(rows, "id")));
      }
      return plans;
    }
  }

  /** Returns the next contacts of some lists, by id beyond one. */
  public List<Found> find(Tx tx, List<UUID> lists, UUID beyond, int limit) throws SQLException {
    String sql =
        """
        select m.contact_id, c.barred
        from (select distinct contact_id from tenant.contacts_list_member_v1
              where tenant_id = ? and list_id = any(?) and contact_id > ?
              order by contact_id limit ?) m
        cross join lateral (
          select suppressed or restricted as barred from tenant.contacts_audience_v1
          where tenant_id = ? and contact_id = m.contact_id limit 1) c
        order by m.contact_id
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(2, Rows.uuids(tx.connection(), lists));
      select.setObject(3, beyond);
      select.setInt(4, limit);
      select.setObject(5, tx.context().tenantId());
      try (ResultSet rows = select.executeQuery()) {
        List<Found> found = new ArrayList<>();
        while (rows.next()) {
          found.add(new Found(Rows.uuid(rows, "contact_id"), rows.getBoolean("barred")));
        }
        return found;
      }
    }
  }

  /** Adds recipients of a campaign; returns the contacts of those that were none before. */
  public Set<UUID> add(Tx tx, UUID campaignId, List<NewRecipient> recipients) throws SQLException {
    String sql =
        """
        insert into tenant.recipient (tenant_id, id, campaign_id, contact_id, state)
        select ?, u.id, ?, u.contact_id, u.state
        from unnest(?::uuid[], ?::uuid[], ?::text[]) as u(id, contact_id, state)
        on conflict (tenant_id, campaign_id, contact_id) do nothing
        returning contact_id
        """;
    Connection connection = tx.connection();
    List<UUID> contacts = recipients.stream().map(NewRecipient::contactId).toList();
    Object[] states = recipients.stream().map(each -> each.state().column()).toArray();
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, campaignId);
      insert.setArray(3, Rows.uuids(connection, newIds(recipients.size())));
      insert.setArray(4, Rows.uuids(connection, contacts));
      insert.setArray(5, connection.createArrayOf("text", states));
      Set<UUID> added = new HashSet<>();
      try (ResultSet rows = insert.executeQuery()) {
        while (rows.next()) {
          added.add(Rows.uuid(rows, "contact_id"));
        }
      }
      return added;
    }
  }

  private static List<UUID> newIds(int count) {
    return Stream.generate(Uuids::next).limit(count).toList();
  }

  /** Returns how much room mailboxes have for messages of the coming day; those that have some. */
  public List<Room> rooms(Tx tx, List<UUID> mailboxes, Instant now) throws SQLException {
    return standings.of(tx, mailboxes, now).stream()
        .filter(found -> found.standing().heldBy() == null)
        .map(PlanStore::room)
        .filter(room -> room.room() > 0)
        .toList();
  }

  private static Room room(Standings found) {
    Standing standing = found.standing();
    String address = found.address();
    return new Room(
        found.mailboxId(),
        address.substring(address.lastIndexOf('@') + 1),
        standing.limit() - standing.sent() - standing.waiting(),
        standing.health());
  }

  /** Returns the next waiting recipients of a campaign as pairs of recipient and contact. */
  public List<UUID[]> waiting(Tx tx, UUID campaignId, int limit) throws SQLException {
    String sql =
        """
        select id, contact_id from tenant.recipient
        where tenant_id = ? and campaign_id = ? and state = 'waiting' order by id limit ?
        """;
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setObject(2, campaignId);
      select.setInt(3, limit);
      try (ResultSet rows = select.executeQuery()) {
        List<UUID[]> waiting = new ArrayList<>();
        while (rows.next()) {
          waiting.add(new UUID[] {Rows.uuid(rows, "id"), Rows.uuid(rows, "contact_id")});
        }
        return waiting;
      }
    }
  }

  /** Marks recipients as assigned. */
  public void assigned(Tx tx, List<UUID> recipients) throws SQLException {
    String sql =
        "update tenant.recipient set state = 'assigned' where tenant_id = ? and id = any(?)";
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, tx.context().tenantId());
      update.setArray(2, Rows.uuids(tx.connection(), recipients));
      update.executeUpdate();
    }
  }
}
