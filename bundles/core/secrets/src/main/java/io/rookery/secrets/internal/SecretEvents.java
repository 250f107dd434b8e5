// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import io.rookery.secrets.internal.alert.Alerts;
import io.rookery.spi.secrets.SecretPath;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;

/**
 * Leaves an event of every access to a secret, each in a transaction of its own. The subject is
 * derived from the path, as secrets have no ids. References are made of kinds and ids; one that
 * holds an at-sign could be an address and is left out.
 */
final class SecretEvents {

  private final Transactions transactions;
  private final EventLog log;
  private final Clock clock;
  private final Alerts alerts;

  /** Leaves events of what nobody is alerted about. */
  SecretEvents(Transactions transactions, EventLog log, Clock clock) {
    this(transactions, log, clock, null);
  }

  /** Leaves events and has reads watched. */
  SecretEvents(Transactions transactions, EventLog log, Clock clock, Alerts alerts) {
    this.transactions = transactions;
    this.log = log;
    this.clock = clock;
    this.alerts = alerts;
  }

  void read(TenantContext context, Access access, int version) {
    NewEvent event = event("secret.read", access, Map.of("version", version));
    transactions.call(
        context.withoutIdempotencyKey(),
        tx -> {
          if (alerts == null) {
            log.append(tx, event);
          } else {
            alerts.read(tx, event);
          }
          return null;
        });
  }

  void written(TenantContext context, Access access, int version) {
    append(context, "secret.written", access, Map.of("version", version));
  }

  void destroyed(TenantContext context, Access access, int version) {
    append(context, "secret.destroyed", access, Map.of("version", version));
  }

  void deleted(TenantContext context, Access access, int version) {
    append(context, "secret.deleted", access, Map.of("version", version));
  }

  void undeleted(TenantContext context, Access access, int version) {
    append(context, "secret.undeleted", access, Map.of("version", version));
  }

  void purged(TenantContext context, Access access) {
    append(context, "secret.purged", access, Map.of());
  }

  void failed(TenantContext context, Access access, String operation, String reason) {
    append(context, "secret.failed", access, Map.of("operation", operation, "reason", reason));
  }

  private NewEvent event(String type, Access access, Map<String, ?> more) {
    Map<String, Object> data = new HashMap<>(more);
    data.put("purpose", access.purpose());
    if (access.reference().indexOf('@') < 0) {
      data.put("reference", access.reference());
    }
    return NewEvent.of(type, subject(access.path()), clock.instant(), data);
  }

  private void append(TenantContext context, String type, Access access, Map<String, ?> more) {
    NewEvent event = event(type, access, more);
    transactions.call(
        context.withoutIdempotencyKey(),
        tx -> {
          log.append(tx, event);
          return null;
        });
  }

  /**
   * Returns the id by which events name a secret: a name-based UUID (RFC 9562 §5.3) of its path.
   */
  static UUID subject(SecretPath path) {
    return UUID.nameUUIDFromBytes(path.value().getBytes(StandardCharsets.UTF_8));
  }

  /** Which secret is wanted and why. */
  record Access(SecretPath path, String reference, String purpose) {}
}
