// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.Host;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.hosts.internal.HostStore;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads keys and records what becomes of them: row, pairs and event in one transaction. */
final class KeyRecords {

  private final Transactions transactions;
  private final EventLog events;
  private final Clock clock;
  private final HostStore hosts = new HostStore();
  private final KeyStore store = new KeyStore();

  KeyRecords(Transactions transactions, EventLog events, Clock clock) {
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  Transactions transactions() {
    return transactions;
  }

  KeyStore store() {
    return store;
  }

  Host host(Tx tx, UUID id) throws SQLException {
    return hosts.find(tx, id, false).orElseThrow(() -> RookeryException.notFound("host"));
  }

  Host host(TenantContext context, UUID id) {
    return transactions.call(context, tx -> host(tx, id));
  }

  KeyRow row(TenantContext context, UUID id) {
    return transactions.call(context, tx -> row(tx, id));
  }

  KeyRow row(Tx tx, UUID id) throws SQLException {
    return store.find(tx, id, false).orElseThrow(() -> RookeryException.notFound("key"));
  }

  /** More that changes with a row. */
  interface Also {
    void in(Tx tx) throws SQLException;
  }

  /**
   * Records what became of a row that was read.
   *
   * @param type of the event, or null for none
   */
  KeyRow record(TenantContext context, KeyRow after, String type, Map<String, ?> data, Also also) {
    return transactions.call(
        context.withoutIdempotencyKey(),
        tx -> {
          store.update(tx, after);
          also.in(tx);
          KeyRow now = row(tx, after.key().id());
          if (type != null) {
            append(tx, now, type, data);
          }
          return now;
        });
  }

  KeyRow record(TenantContext context, KeyRow after) {
    return record(context, after, null, Map.of(), tx -> {});
  }

  void append(Tx tx, KeyRow row, String type, Map<String, ?> data) {
    Map<String, Object> all = new TreeMap<>(data);
    all.put("host_id", row.key().hostId());
    all.put("role", row.key().role().name().toLowerCase(Locale.ROOT));
    events.append(tx, new NewEvent(type, row.key().id(), row.key().version(), now(), all));
  }

  /** In the database's precision, so that what is returned now equals what is read later. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
