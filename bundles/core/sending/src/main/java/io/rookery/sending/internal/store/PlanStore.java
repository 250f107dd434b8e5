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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
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

  /** What a chunk of choosing came to. */
  public record Chosen(UUID last, int seen) {}

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

  /** Chooses the next contacts of some lists, by id beyond the last; those already chosen stay. */
  public Chosen choose(Tx tx, UUID campaignId, List<UUID> lists, UUID beyond, int limit)
      throws SQLException {
    List<UUID> contacts = new ArrayList<>();
    List<Boolean> barred = new ArrayList<>();
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
        while (rows.next()) {
          contacts.add(Rows.uuid(rows, "contact_id"));
          barred.add(rows.getBoolean("barred"));
        }
      }
    }
    if (contacts.isEmpty()) {
      return new Chosen(beyond, 0);
    }
    insertRecipients(tx, campaignId, contacts, barred);
    return new Chosen(contacts.get(contacts.size() - 1), contacts.size());
  }

  private static void insertRecipients(
      Tx tx, UUID campaignId, List<UUID> contacts, List<Boolean> barred) throws SQLException {
    String sql =
        """
        insert into tenant.recipient (tenant_id, id, campaign_id, contact_id, state)
        select ?, u.id, ?, u.contact_id, case when u.barred then 'suppressed' else 'waiting' end
        from unnest(?::uuid[], ?::uuid[], ?::boolean[]) as u(id, contact_id, barred)
        on conflict (tenant_id, campaign_id, contact_id) do nothing
        """;
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, campaignId);
      insert.setArray(3, Rows.uuids(tx.connection(), newIds(contacts.size())));
      insert.setArray(4, Rows.uuids(tx.connection(), contacts));
      insert.setArray(5, tx.connection().createArrayOf("bool", barred.toArray()));
      insert.executeUpdate();
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
