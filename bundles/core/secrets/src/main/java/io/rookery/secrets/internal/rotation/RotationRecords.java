// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Transactions;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Reads rotations and records what becomes of them: row and event in one transaction. */
final class RotationRecords {

  private final Transactions transactions;
  private final EventLog events;
  private final Clock clock;
  private final RotationStore store = new RotationStore();
  private final RotatingStore secrets = new RotatingStore();

  RotationRecords(Transactions transactions, EventLog events, Clock clock) {
    this.transactions = transactions;
    this.events = events;
    this.clock = clock;
  }

  Transactions transactions() {
    return transactions;
  }

  RotationStore store() {
    return store;
  }

  RotatingStore secrets() {
    return secrets;
  }

  SecretRotation get(TenantContext context, UUID id) {
    return transactions.call(context, tx -> get(tx, id, false));
  }

  SecretRotation get(Tx tx, UUID id, boolean lock) throws SQLException {
    return store.find(tx, id, lock).orElseThrow(() -> RookeryException.notFound("rotation"));
  }

  /** More that changes with a row. */
  interface Also {
    void in(Tx tx) throws SQLException;
  }

  /**
   * Records what became of a rotation that was read.
   *
   * @param type of the event, or null for none
   */
  SecretRotation record(
      TenantContext context, SecretRotation after, String type, Map<String, ?> data, Also also) {
    return transactions.call(
        context.withoutIdempotencyKey(),
        tx -> {
          store.update(tx, after);
          also.in(tx);
          SecretRotation now = get(tx, after.id(), false);
          if (type != null) {
            append(tx, now, type, data);
          }
          return now;
        });
  }

  SecretRotation record(TenantContext context, SecretRotation after, String type) {
    return record(context, after, type, Map.of(), tx -> {});
  }

  void append(Tx tx, SecretRotation row, String type, Map<String, ?> data) {
    events.append(tx, event(row, type, data));
  }

  /** A reference that holds an at-sign could be an address and is left out. */
  private NewEvent event(SecretRotation row, String type, Map<String, ?> data) {
    Map<String, Object> all = new TreeMap<>(data);
    all.put("secret_id", row.secretId());
    all.put("kind", row.kind());
    if (row.reference().indexOf('@') < 0) {
      all.put("reference", row.reference());
    }
    if (row.incidentId() != null) {
      all.put("incident_id", row.incidentId());
    }
    return new NewEvent(type, row.id(), row.version(), now(), all);
  }

  /** Tells the log of rotations that were begun by themselves or together. */
  void started(Tx tx, List<SecretRotation> rows) {
    events.append(
        tx,
        rows.stream()
            .map(row -> event(row, "secret.rotation_started", Map.of("emergency", false)))
            .toList());
  }

  /** Tells the log of a secret that is due soon. */
  void notice(Tx tx, RotatingSecret secret) {
    about(tx, secret, "secret.rotation_due", Map.of("due_at", secret.dueAt().toString()));
  }

  /** Tells the log of a secret whose days were changed. */
  void rescheduled(Tx tx, RotatingSecret secret) {
    about(tx, secret, "secret.rotation_scheduled", Map.of("days", secret.days()));
  }

  private void about(Tx tx, RotatingSecret secret, String type, Map<String, ?> data) {
    Map<String, Object> all = new TreeMap<>(data);
    all.put("kind", secret.kind());
    events.append(tx, NewEvent.of(type, secret.id(), now(), all));
  }

  /** In the database's precision, so that what is returned now equals what is read later. */
  Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }
}
