// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** Does for rotations and secrets what is due: goes on, ends graces, gives notice, begins. */
final class RotationAttention {

  /** When a secret is tried again by itself whose rotation failed. */
  private static final Duration AGAIN = Duration.ofDays(1);

  private final RotationRecords records;
  private final RotationSteps steps;
  private final Rotators rotators;

  RotationAttention(RotationRecords records, RotationSteps steps, Rotators rotators) {
    this.records = records;
    this.steps = steps;
    this.rotators = rotators;
  }

  RotationSteps steps() {
    return steps;
  }

  /** Does what is due of a rotation, if it still is. */
  void attend(TenantContext context, UUID id) {
    SecretRotation read = records.get(context, id);
    Instant now = records.now();
    if (read.nextAt() == null || read.nextAt().isAfter(now)) {
      return;
    }
    steps.advance(context, leased(context, read));
  }

  /** Nobody else takes it up meanwhile. */
  private SecretRotation leased(TenantContext context, SecretRotation read) {
    String problem = read.state() == State.TAKING_BACK ? read.problem() : null;
    Instant lease = records.now().plus(RotationSteps.LEASE);
    return records.record(context, Changes.troubled(read, problem, lease), null);
  }

  /** Ends the old value of a rotation now, or says in the row what stands in the way. */
  SecretRotation endGrace(TenantContext context, SecretRotation open) {
    Instant now = records.now();
    Instant lease = now.plus(RotationSteps.LEASE);
    SecretRotation ended = records.record(context, Changes.graceless(open, now, lease), null);
    return steps.advance(context, ended);
  }

  /** Has a rotation taken back; one that goes back already is left as it is. */
  SecretRotation callOff(Tx tx, SecretRotation row) throws SQLException {
    if (row.state() == State.TAKING_BACK || row.state() == State.TAKEN_BACK) {
      return row;
    }
    if (!row.state().isEarly()) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "The new value is in use already; rotate the secret again");
    }
    // Whoever is at it now finds out with the next record; what it still does is waited for.
    Instant now = records.now();
    Instant from = row.problem() == null && row.nextAt().isAfter(now) ? row.nextAt() : now;
    records.store().update(tx, Changes.back(row, "It was called off", from));
    SecretRotation back = records.get(tx, row.id(), false);
    records.append(tx, back, "secret.rotation_called_off", Map.of());
    return back;
  }

  /** Gives notice of a secret, or has it replaced, if either is due. */
  void look(TenantContext context, UUID secretId) {
    records
        .transactions()
        .call(
            context,
            tx -> {
              Optional<RotatingSecret> secret = records.secrets().find(tx, secretId, true);
              if (secret.isPresent()) {
                look(tx, secret.get());
              }
              return null;
            });
  }

  private void look(Tx tx, RotatingSecret secret) throws SQLException {
    Instant now = records.now();
    boolean due = !secret.dueAt().isAfter(now);
    Instant next = due ? now.plus(AGAIN) : secret.dueAt();
    if (records.secrets().noticed(tx, secret.id(), now, next)) {
      records.notice(tx, secret);
    }
    if (due && records.store().open(tx, secret.id()).isEmpty()) {
      Order order = Orders.checked(new Order(null, null), rotators.of(secret.kind()).rules());
      SecretRotation begun = Orders.begun(secret, order, now, now);
      records.store().insert(tx, List.of(begun));
      records.started(tx, List.of(begun));
    }
  }
}
