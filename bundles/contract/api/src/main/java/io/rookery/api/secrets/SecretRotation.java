// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import java.time.Duration;
import java.time.Instant;
import java.util.UUID;

/**
 * One replacement of a secret.
 *
 * @param id its id
 * @param secretId the secret, as in {@link RotatingSecret}
 * @param kind the secret's kind
 * @param reference the secret's path below the tenant's folder
 * @param subjectId what the secret belongs to
 * @param state how far it has come
 * @param overlap whether old and new value both work during the grace
 * @param grace for how long the old value works on after the new one came into use
 * @param incidentId why the old value is held to be compromised, or null
 * @param oldVersion the version of the secret that is replaced, 0 before it is known
 * @param problem what went wrong or is waited for, and what to do; or null
 * @param startedAt when it was asked for
 * @param promotedAt when the new value came into use, or null
 * @param retireAt when the old value is to end, or null
 * @param endedAt when it was over, or null
 * @param nextAt when the platform looks at it next by itself, or null
 * @param version rises with each change
 */
public record SecretRotation(
    UUID id,
    UUID secretId,
    String kind,
    String reference,
    UUID subjectId,
    State state,
    boolean overlap,
    Duration grace,
    String incidentId,
    int oldVersion,
    String problem,
    Instant startedAt,
    Instant promotedAt,
    Instant retireAt,
    Instant endedAt,
    Instant nextAt,
    long version) {

  /** How far a rotation has come. */
  public enum State {
    /** The new value is being made. */
    PREPARING,
    /** The target is being given the new value. */
    PUTTING,
    /** The new value is being tried. */
    VERIFYING,
    /** The new value works; the platform is going over to it. */
    PROMOTING,
    /** The platform uses the new value; the old one works on for those who have it. */
    GRACE,
    /** It failed or was called off; what there is of the new value is being removed. */
    TAKING_BACK,
    /** The old value is gone. */
    DONE,
    /** The old value is in use as before. */
    TAKEN_BACK;

    /** Returns whether nothing more happens. */
    public boolean isOver() {
      return this == DONE || this == TAKEN_BACK;
    }

    /** Returns whether it can still be called off. */
    public boolean isEarly() {
      return this == PREPARING || this == PUTTING || this == VERIFYING;
    }
  }
}
