// SPDX-License-Identifier: Apache-2.0
package io.rookery.sending.internal.store;

import io.rookery.kernel.Tx;
import io.rookery.sending.internal.line.ClaimedMessage.ContactRow;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Looks up the mailboxes and contacts that messages name, in sets. */
public final class SenderQueries {

  /** A mailbox that may send, with its address in wire form. */
  public record Box(UUID id, String address) {}

  /** A contact with its address in wire form. */
  public record Reached(UUID id, String address, ContactRow data) {}

  /** Returns the mailboxes that have one of some ids or addresses. */
  public List<Box> boxes(Tx tx, Collection<UUID> ids, Collection<String> addresses)
      throws SQLException {
    String sql =
        """
        select mailbox_id, address from tenant.mailboxes_sendable_v1
        where tenant_id = ? and (mailbox_id = any(?) or lower(address) = any(?))
        """;
    Connection connection = tx.connection();
    try (PreparedStatement select = connection.prepareStatement(sql)) {
      select.setObject(1, tx.context().tenantId());
      select.setArray(2, Rows.uuids(connection, ids));
      select.setArray(3, connection.createArrayOf("text", addresses.toArray()));
      try (ResultSet rows = select.executeQuery()) {
        List<Box> boxes = new ArrayList<>();
        while (rows.next()) {
          boxes.add(new Box(Rows.uuid(rows, "mailbox_id"), rows.getString("address")));
        }
        return boxes;
      }
    }
  }

  /** Returns contacts by id; those that there are none of are left out. */
  public Map<UUID, Reached> contacts(Tx tx, Collection<UUID> ids) throws SQLException {
    String sql =
        """
        select c.contact_id, c.email, c.first_name, c.last_name, c.attributes::text as attributes,
               c.country, c.tracking_consent
        from unnest(?::uuid[]) as wanted(id)
        cross join lateral (
          select * from tenant.contacts_audience_v1
          where tenant_id = ? and contact_id = wanted.id limit 1) c
        """;
    Map<UUID, Reached> found = new HashMap<>();
    if (ids.isEmpty()) {
      return found;
    }
    try (PreparedStatement select = tx.connection().prepareStatement(sql)) {
      select.setArray(1, Rows.uuids(tx.connection(), ids));
      select.setObject(2, tx.context().tenantId());
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          UUID id = Rows.uuid(rows, "contact_id");
          ContactRow data =
              new ContactRow(
                  rows.getString("first_name"),
                  rows.getString("last_name"),
                  rows.getString("attributes"),
                  rows.getString("country"),
                  rows.getObject("tracking_consent", Boolean.class));
          found.put(id, new Reached(id, rows.getString("email"), data));
        }
      }
    }
    return found;
  }
}
