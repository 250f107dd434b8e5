// SPDX-License-Identifier: Apache-2.0
package io.rookery.events.internal.read;

import io.rookery.events.Event;
import io.rookery.events.EventReader;
import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Leases.Lease;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * Applies events of one tenant in one transaction, together with the move of the reader's position
 * there. What the position says was applied is left out, whoever applied it.
 */
record TenantTurn(Transactions transactions, EventReader reader, Lease lease) {

  private static final Actor ACTOR = Actor.system("events");

  /** Applies those of a tenant's events that have not been applied. */
  void apply(UUID tenantId, List<LogEntry> entries) {
    transactions.call(
        TenantContext.of(tenantId, ACTOR),
        tx -> {
          apply(tx, TenantPosition.lock(tx, reader.name()), entries);
          return null;
        });
  }

  /** Applies a tenant's next events within bounds; returns whether there may be more at once. */
  boolean applyNext(UUID tenantId, Bounds bounds, Instant floor, int limit) {
    return transactions.call(
        TenantContext.of(tenantId, ACTOR),
        tx -> {
          TenantPosition position = TenantPosition.lock(tx, reader.name());
          LogReading reading = new LogReading(tx.connection(), bounds, reader, limit);
          Block block = reading.after(position.position(), floor, tenantId);
          apply(tx, position, block.entries());
          return block.full();
        });
  }

  private void apply(Tx tx, TenantPosition position, List<LogEntry> entries) throws SQLException {
    List<LogEntry> fresh =
        entries.stream()
            .filter(entry -> entry.position().compareTo(position.position()) > 0)
            .toList();
    if (fresh.isEmpty()) {
      return;
    }
    List<Event> events = fresh.stream().map(LogEntry::event).toList();
    reader.apply(tx, events);
    position.move(fresh.get(fresh.size() - 1).position());
    if (!lease.valid()) {
      throw new LeaseLostException(reader.name());
    }
  }
}
