// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotationRules;
import io.rookery.api.secrets.RotationService.Order;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.Uuids;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Pattern;

/** What may be asked for of rotations. */
final class Orders {

  private static final Pattern INCIDENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private Orders() {}

  /** Returns what is asked for with its grace filled in. */
  static Order checked(Order order, RotationRules rules) {
    if (order.incidentId() != null) {
      if (!INCIDENT.matcher(order.incidentId()).matches()) {
        throw RookeryException.invalid(
            "/incident_id", "1 to 64 letters, digits, points, dashes and underscores");
      }
      if (order.grace() != null && !order.grace().isZero()) {
        throw RookeryException.invalid(
            "/grace_hours", "A compromised secret has no grace; leave it out");
      }
      return new Order(Duration.ZERO, order.incidentId());
    }
    Duration grace = order.grace() == null ? rules.grace() : order.grace();
    if (grace.isNegative() || grace.compareTo(rules.longestGrace()) > 0) {
      throw RookeryException.invalid("/grace_hours", "From 0 to " + rules.longestGrace().toHours());
    }
    return new Order(grace, null);
  }

  static SecretRotation begun(RotatingSecret secret, Order order, Instant now, Instant nextAt) {
    return new SecretRotation(
        Uuids.next(),
        secret.id(),
        secret.kind(),
        secret.reference(),
        secret.subjectId(),
        State.PREPARING,
        false,
        order.grace(),
        order.incidentId(),
        0,
        null,
        now,
        null,
        null,
        null,
        nextAt,
        1);
  }
}
