// SPDX-License-Identifier: Apache-2.0
package io.rookery.shell.internal.secrets;

import io.rookery.api.secrets.RotatingSecret;
import io.rookery.api.secrets.SecretRotation;
import io.rookery.shell.internal.View;

/** How the shell shows secrets that are replaced, and their replacements. */
final class RotationView {

  static final View<SecretRotation> ROTATION =
      View.<SecretRotation>empty()
          .column("id", SecretRotation::id)
          .column("kind", SecretRotation::kind)
          .column("reference", SecretRotation::reference)
          .column("state", SecretRotation::state)
          .column("started_at", SecretRotation::startedAt)
          .column("next_at", SecretRotation::nextAt)
          .column("problem", SecretRotation::problem)
          .detail("secret_id", SecretRotation::secretId)
          .detail("subject_id", SecretRotation::subjectId)
          .detail("overlap", SecretRotation::overlap)
          .detail("grace_seconds", it -> it.grace().toSeconds())
          .detail("incident_id", SecretRotation::incidentId)
          .detail("old_version", SecretRotation::oldVersion)
          .detail("promoted_at", SecretRotation::promotedAt)
          .detail("retire_at", SecretRotation::retireAt)
          .detail("ended_at", SecretRotation::endedAt);

  static final View<RotatingSecret> SECRET =
      View.<RotatingSecret>empty()
          .column("id", RotatingSecret::id)
          .column("kind", RotatingSecret::kind)
          .column("reference", RotatingSecret::reference)
          .column("days", RotatingSecret::days)
          .column("rotated_at", RotatingSecret::rotatedAt)
          .column("due_at", RotatingSecret::dueAt)
          .detail("subject_id", RotatingSecret::subjectId);

  private RotationView() {}
}
