// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.hold;

import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.UUID;

/** The table of mailboxes that are held. */
final class HoldStore {

  /**
   * Writes a hold; returns since when all nodes know of it, or null. One that had ended begins
   * anew.
   */
  Instant write(Tx tx, UUID mailboxId, UUID holder, Instant now, Instant until)
      throws SQLException {
    String sql =
        """
        insert into tenant.mailbox_hold as h (tenant_id, id, holder, held_until)
        values (?, ?, ?, ?)
        on conflict (tenant_id, id) do update set
          told_at = case when h.holder = excluded.holder and h.held_until > ? then h.told_at end,
          holder = excluded.holder, held_until = excluded.held_until
        returning told_at
        """;
    try (PreparedStatement upsert = tx.connection().prepareStatement(sql)) {
      upsert.setObject(1, tx.context().tenantId());
      upsert.setObject(2, mailboxId);
      upsert.setObject(3, holder);
      upsert.setObject(4, time(until));
      upsert.setObject(5, time(now));
      try (ResultSet row = upsert.executeQuery()) {
        row.next();
        OffsetDateTime told = row.getObject(1, OffsetDateTime.class);
        return told == null ? null : told.toInstant();
      }
    }
  }

  /** Notes that all nodes were told of a hold. */
  void told(Tx tx, UUID mailboxId, UUID holder, Instant now) throws SQLException {
    String sql =
        """
        update tenant.mailbox_hold set told_at = ?
        where tenant_id = ? and id = ? and holder = ? and told_at is null
        """;
    try (PreparedStatement update = tx.connection().prepareStatement(sql)) {
      update.setObject(1, time(now));
      update.setObject(2, tx.context().tenantId());
      update.setObject(3, mailboxId);
      update.setObject(4, holder);
      update.executeUpdate();
    }
  }

  void delete(Tx tx, UUID mailboxId, UUID holder) throws SQLException {
    String sql = "delete from tenant.mailbox_hold where tenant_id = ? and id = ? and holder = ?";
    try (PreparedStatement delete = tx.connection().prepareStatement(sql)) {
      delete.setObject(1, tx.context().tenantId());
      delete.setObject(2, mailboxId);
      delete.setObject(3, holder);
      delete.executeUpdate();
    }
  }

  private static OffsetDateTime time(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }
}
