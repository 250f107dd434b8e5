// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * A secret that the platform can replace by itself.
 *
 * @param id derived from its path in the store, as events name it
 * @param kind who replaces it: the kind of a {@link SecretRotator}
 * @param reference its path below the tenant's folder
 * @param subjectId what it belongs to, such as a mailbox
 * @param days after how many days it is replaced
 * @param rotatedAt when its present value came into use
 * @param dueAt when it is to be replaced
 */
public record RotatingSecret(
    UUID id,
    String kind,
    String reference,
    UUID subjectId,
    int days,
    Instant rotatedAt,
    Instant dueAt) {

  /** Checks that the secret is whole. */
  public RotatingSecret {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(kind, "kind");
    Objects.requireNonNull(reference, "reference");
    Objects.requireNonNull(subjectId, "subjectId");
    Objects.requireNonNull(rotatedAt, "rotatedAt");
    Objects.requireNonNull(dueAt, "dueAt");
  }

  /** Which secrets are meant. */
  public enum Due {
    /** All of them. */
    ALL,
    /** Those that should have been replaced by now. */
    OVERDUE,
    /** Those that are to be replaced within seven days, overdue ones too. */
    WITHIN_7_DAYS
  }
}
