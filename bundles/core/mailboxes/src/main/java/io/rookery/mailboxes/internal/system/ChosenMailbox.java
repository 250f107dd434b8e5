// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.system;

import io.rookery.kernel.Tx;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.UUID;

/** Which mailbox the operator's tenant has chosen; one row, or none. */
final class ChosenMailbox {

  private static final String SELECT = "select id from tenant.system_mailbox where tenant_id = ?";
  private static final String CHOOSE =
      """
      insert into tenant.system_mailbox (tenant_id, id, chosen_at) values (?, ?, ?)
      on conflict (tenant_id) do %s
      """;
  private static final String REPLACE =
      CHOOSE.formatted(
          "update set id = excluded.id, chosen_at = excluded.chosen_at"
              + " where system_mailbox.id <> excluded.id");
  private static final String KEEP = CHOOSE.formatted("nothing");

  /** Returns the id of the mailbox, or empty while none was chosen. */
  Optional<UUID> find(Tx tx) throws SQLException {
    try (PreparedStatement select = tx.connection().prepareStatement(SELECT)) {
      select.setObject(1, tx.context().tenantId());
      try (ResultSet row = select.executeQuery()) {
        return row.next() ? Optional.of(row.getObject(1, UUID.class)) : Optional.empty();
      }
    }
  }

  /** Chooses a mailbox; returns whether another one or none was chosen before. */
  boolean choose(Tx tx, UUID id, Instant now) throws SQLException {
    return write(tx, REPLACE, id, now);
  }

  /** Chooses a mailbox where none was chosen; returns whether it is the one now. */
  boolean chooseFirst(Tx tx, UUID id, Instant now) throws SQLException {
    return write(tx, KEEP, id, now);
  }

  private static boolean write(Tx tx, String sql, UUID id, Instant now) throws SQLException {
    try (PreparedStatement insert = tx.connection().prepareStatement(sql)) {
      insert.setObject(1, tx.context().tenantId());
      insert.setObject(2, id);
      insert.setObject(3, now.atOffset(ZoneOffset.UTC));
      return insert.executeUpdate() == 1;
    }
  }
}
