// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.Tx;
import java.util.UUID;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Alerts about secrets. Each is an event {@code secret.alert} of the log, a line at WARN and one
 * more in {@code rookery_secret_alerts_total}; none says anything of a value. Thread-safe.
 */
@ProviderType
public interface SecretAlerts {

  /**
   * Alerts that a secret is replaced as it is held to be compromised. The event exists exactly if
   * the caller's transaction commits; calling twice alerts twice.
   *
   * @param subjectId what the event is about: the secret or its replacement
   * @param incidentId the incident, never null
   */
  void emergency(Tx tx, UUID subjectId, String incidentId);
}
