// SPDX-License-Identifier: Apache-2.0
package io.rookery.mailboxes.internal.store;

import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/** The mailboxes' table. */
public final class MailboxStore {

  private static final String SELECT =
      """
      select id, address, display_name, backend, settings::text as settings, secret_settings,
             daily_limit, minimum_gap_millis, paused_reason, created_at, version
      from tenant.mailbox where tenant_id = ? and deleted_at is null
      """;

  /** Inserts a mailbox; returns false where its address is taken. */
  public boolean insert(Tx tx, MailboxRow row) throws SQLException {
    return 1
        == Sql.update(
            tx,
            """
            insert into tenant.mailbox (tenant_id, id, address, address_normalised, display_name,
              backend, settings, secret_settings, daily_limit, minimum_gap_millis, created_at, version)
            values (?, ?, ?, ?, ?, ?, ?::jsonb, ?, ?, ?, ?, ?)
            on conflict (tenant_id, address_normalised) do nothing""",
            tx.context().tenantId(),
            row.id(),
            row.address(),
            normalised(row),
            row.displayName(),
            row.backend(),
            Json.write(row.settings()),
            secrets(row),
            row.dailyLimit(),
            row.minimumGapMillis(),
            row.createdAt(),
            row.version());
  }

  /** Writes a mailbox anew, whose row the caller has locked. */
  public void update(Tx tx, MailboxRow row) throws SQLException {
    Sql.update(
        tx,
        """
        update tenant.mailbox set address = ?, address_normalised = ?, display_name = ?, backend = ?,
          settings = ?::jsonb, secret_settings = ?, daily_limit = ?, minimum_gap_millis = ?,
          paused_reason = ?, version = ?
        where tenant_id = ? and id = ?""",
        row.address(),
        normalised(row),
        row.displayName(),
        row.backend(),
        Json.write(row.settings()),
        secrets(row),
        row.dailyLimit(),
        row.minimumGapMillis(),
        row.pausedReason(),
        row.version(),
        tx.context().tenantId(),
        row.id());
  }

  /** Marks a mailbox as removed, which sets its address free. */
  public void delete(Tx tx, UUID id, Instant now) throws SQLException {
    Sql.update(
        tx,
        """
        update tenant.mailbox set deleted_at = ?, address_normalised = null, settings = '{}',
          secret_settings = '{}', version = version + 1
        where tenant_id = ? and id = ?""",
        now,
        tx.context().tenantId(),
        id);
  }

  /** Returns a mailbox, or empty. */
  public Optional<MailboxRow> find(Tx tx, UUID id) throws SQLException {
    return Sql.first(tx, MailboxRow::read, SELECT + " and id = ?", tx.context().tenantId(), id);
  }

  /** Returns a mailbox and locks its row, or empty. */
  public Optional<MailboxRow> lock(Tx tx, UUID id) throws SQLException {
    return Sql.first(
        tx, MailboxRow::read, SELECT + " and id = ? for update", tx.context().tenantId(), id);
  }

  /** Returns mailboxes in the order of their ids, beyond an id, which may be null. */
  public List<MailboxRow> list(Tx tx, UUID beyond, int limit) throws SQLException {
    return Sql.list(
        tx,
        MailboxRow::read,
        SELECT + " and id > ? order by id limit ?",
        tx.context().tenantId(),
        beyond == null ? new UUID(0, 0) : beyond,
        limit);
  }

  private static String normalised(MailboxRow row) {
    return row.address().toLowerCase(Locale.ROOT);
  }

  private static String[] secrets(MailboxRow row) {
    return row.secretSettings().toArray(new String[0]);
  }
}
