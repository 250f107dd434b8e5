// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.rotation;

import io.rookery.api.secrets.SecretRotation;
import io.rookery.api.secrets.SecretRotation.State;
import io.rookery.api.secrets.SecretRotator.Prepared;
import java.time.Duration;
import java.time.Instant;

/** What becomes of a rotation, as a new record of it. */
final class Changes {

  private Changes() {}

  /** Goes on to a state, without what was in the way before. */
  static SecretRotation to(SecretRotation row, State state, Instant nextAt) {
    return copy(row, state, null, nextAt);
  }

  /** Stays where it is and says what is in the way. */
  static SecretRotation troubled(SecretRotation row, String problem, Instant nextAt) {
    return copy(row, row.state(), problem, nextAt);
  }

  /** Is to be taken back, or goes on with that. */
  static SecretRotation back(SecretRotation row, String problem, Instant nextAt) {
    return copy(row, State.TAKING_BACK, problem, nextAt);
  }

  static SecretRotation prepared(SecretRotation row, Prepared prepared, Instant nextAt) {
    Duration grace = prepared.overlap() ? row.grace() : Duration.ZERO;
    return all(
        row,
        State.PUTTING,
        prepared.overlap(),
        grace,
        prepared.oldVersion(),
        null,
        null,
        null,
        null,
        nextAt);
  }

  static SecretRotation promoted(SecretRotation row, Instant now) {
    Instant end = now.plus(row.grace());
    return all(
        row, State.GRACE, row.overlap(), row.grace(), row.oldVersion(), null, now, end, null, end);
  }

  /** Ends its grace now. */
  static SecretRotation graceless(SecretRotation row, Instant now, Instant nextAt) {
    return all(
        row,
        row.state(),
        row.overlap(),
        row.grace(),
        row.oldVersion(),
        row.problem(),
        row.promotedAt(),
        now,
        null,
        nextAt);
  }

  /** Is over; what went wrong stays to be read. */
  static SecretRotation over(SecretRotation row, State state, Instant now) {
    String problem = state == State.DONE ? null : row.problem();
    return all(
        row,
        state,
        row.overlap(),
        row.grace(),
        row.oldVersion(),
        problem,
        row.promotedAt(),
        row.retireAt(),
        now,
        null);
  }

  private static SecretRotation copy(
      SecretRotation row, State state, String problem, Instant nextAt) {
    return all(
        row,
        state,
        row.overlap(),
        row.grace(),
        row.oldVersion(),
        problem,
        row.promotedAt(),
        row.retireAt(),
        row.endedAt(),
        nextAt);
  }

  private static SecretRotation all(
      SecretRotation row,
      State state,
      boolean overlap,
      Duration grace,
      int oldVersion,
      String problem,
      Instant promotedAt,
      Instant retireAt,
      Instant endedAt,
      Instant nextAt) {
    return new SecretRotation(
        row.id(),
        row.secretId(),
        row.kind(),
        row.reference(),
        row.subjectId(),
        state,
        overlap,
        grace,
        row.incidentId(),
        oldVersion,
        problem,
        row.startedAt(),
        promotedAt,
        retireAt,
        endedAt,
        nextAt,
        row.version());
  }
}
