// SPDX-License-Identifier: Apache-2.0
package io.rookery.hosts.internal.keys;

import io.rookery.api.hosts.NewSshKey;
import io.rookery.api.hosts.NewSshKey.Entrance;
import io.rookery.api.hosts.Rotation;
import io.rookery.kernel.FieldError;
import io.rookery.kernel.RookeryException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** What may be asked for of keys. */
final class KeyRules {

  static final int DAYS = 90;
  private static final Duration LONGEST_GRACE = Duration.ofDays(7);
  private static final Pattern USER = Pattern.compile("[A-Za-z_][A-Za-z0-9_.-]{0,31}");
  private static final Pattern INCIDENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private KeyRules() {}

  static void check(NewSshKey wanted) {
    List<FieldError> errors = new ArrayList<>();
    if (wanted.role() == null) {
      errors.add(new FieldError("/role", "Must be given"));
    }
    if (wanted.user() == null || !USER.matcher(wanted.user()).matches()) {
      errors.add(new FieldError("/user", "The name of an account on the host"));
    }
    Integer days = wanted.rotationDays();
    if (days != null && (days < 30 || days > 365)) {
      errors.add(new FieldError("/rotation_days", "From 30 to 365"));
    }
    Entrance entrance = wanted.entrance();
    boolean one =
        entrance != null && (entrance.password() == null) != (entrance.privateKey() == null);
    if (!one) {
      errors.add(new FieldError("/password", "Give a password or a private key that lets in now"));
    }
    if (!errors.isEmpty()) {
      throw RookeryException.invalid(errors);
    }
  }

  /** Returns for how long the present pair is to work on. */
  static Duration grace(Rotation wanted) {
    checkIncident(wanted.incidentId());
    if (wanted.incidentId() != null) {
      if (wanted.grace() != null && !wanted.grace().isZero()) {
        throw RookeryException.invalid(
            "/grace_hours", "A compromised key has no grace; leave it out");
      }
      return Duration.ZERO;
    }
    Duration grace = wanted.grace() == null ? KeyAttention.GRACE : wanted.grace();
    if (grace.isNegative() || grace.compareTo(LONGEST_GRACE) > 0) {
      throw RookeryException.invalid("/grace_hours", "From 0 to 168");
    }
    return grace;
  }

  static void checkIncident(String incidentId) {
    if (incidentId != null && !INCIDENT.matcher(incidentId).matches()) {
      throw RookeryException.invalid(
          "/incident_id", "1 to 64 letters, digits, points, dashes and underscores");
    }
  }
}
