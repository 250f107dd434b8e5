// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit.chain;

import io.rookery.events.Event;
import io.rookery.kernel.Tx;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Adds events to the chain of the transaction's tenant, each once. */
public final class ChainStore {

  /** Where a chain stands that has no entry. */
  public static final End BEGINNING = new End(0, Entry.NOTHING);

  private static final String BEGIN =
      """
      insert into tenant.audit_chain (tenant_id, id, seq, hash, moved_at) values (?, ?, 0, ?, ?)
      on conflict do nothing""";
  private static final String LOCK =
      "select seq, hash from tenant.audit_chain where tenant_id = ? and id = ? for update";
  private static final String MOVE =
      """
      update tenant.audit_chain set seq = ?, hash = ?, moved_at = ?
      where tenant_id = ? and id = ?""";

  /** The end of a chain. */
  public record End(long seq, byte[] hash) {}

  /** Adds what the chain does not hold yet, in order. */
  public void append(Tx tx, List<Event> events, Instant now) throws SQLException {
    End end = lock(tx, now);
    List<Event> fresh = EntryRows.unknown(tx, events);
    if (fresh.isEmpty()) {
      return;
    }
    Map<UUID, Source> sources = SourceRows.take(tx, fresh);
    List<Entry> entries = new ArrayList<>();
    for (Event event : fresh) {
      Entry entry =
          Entry.following(
              tx.context().tenantId(),
              end.seq() + 1,
              end.hash(),
              Entry.Content.of(event, now),
              sources.get(event.id()));
      entries.add(entry);
      end = new End(entry.seq(), entry.link().hash());
    }
    EntryRows.insert(tx, entries);
    move(tx, end, now);
  }

  /** Returns the end of the tenant's chain, held until the transaction ends. */
  private static End lock(Tx tx, Instant now) throws SQLException {
    Connection connection = tx.connection();
    UUID tenant = tx.context().tenantId();
    try (PreparedStatement begin = connection.prepareStatement(BEGIN);
        PreparedStatement lock = connection.prepareStatement(LOCK)) {
      begin.setObject(1, tenant);
      begin.setObject(2, tenant);
      begin.setBytes(3, Entry.NOTHING);
      begin.setObject(4, now.atOffset(ZoneOffset.UTC));
      begin.executeUpdate();
      lock.setObject(1, tenant);
      lock.setObject(2, tenant);
      try (ResultSet row = lock.executeQuery()) {
        row.next();
        return new End(row.getLong(1), row.getBytes(2));
      }
    }
  }

  private static void move(Tx tx, End end, Instant now) throws SQLException {
    try (PreparedStatement move = tx.connection().prepareStatement(MOVE)) {
      move.setLong(1, end.seq());
      move.setBytes(2, end.hash());
      move.setObject(3, now.atOffset(ZoneOffset.UTC));
      move.setObject(4, tx.context().tenantId());
      move.setObject(5, tx.context().tenantId());
      move.executeUpdate();
    }
  }

  /** Returns where the tenant's chain ends; 0 where there is none. */
  public End end(Tx tx) throws SQLException {
    try (PreparedStatement query =
        tx.connection()
            .prepareStatement(
                "select seq, hash from tenant.audit_chain where tenant_id = ? and id = ?")) {
      query.setObject(1, tx.context().tenantId());
      query.setObject(2, tx.context().tenantId());
      try (ResultSet row = query.executeQuery()) {
        return row.next() ? new End(row.getLong(1), row.getBytes(2)) : BEGINNING;
      }
    }
  }
}
