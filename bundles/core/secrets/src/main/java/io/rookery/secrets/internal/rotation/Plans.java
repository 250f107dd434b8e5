// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.RotatingSecret.Due;
import java.time.Duration;
import java.time.Instant;

/** When secrets are due. */
final class Plans {

  private static final Instant END = Instant.parse("9999-01-01T00:00:00Z");

  private Plans() {}

  /** Returns a secret that came into use at a time and lasts for some days from then. */
  static RotatingSecret from(RotatingSecret secret, Instant rotatedAt, int days) {
    return new RotatingSecret(
        secret.id(),
        secret.kind(),
        secret.reference(),
        secret.subjectId(),
        days,
        rotatedAt,
        rotatedAt.plus(Duration.ofDays(days)));
  }

  /** Returns by when secrets are due that are meant. */
  static Instant by(Due due, Instant now) {
    return switch (due) {
      case ALL -> END;
      case OVERDUE -> now;
      case WITHIN_7_DAYS -> now.plus(Duration.ofDays(7));
    };
  }
}
