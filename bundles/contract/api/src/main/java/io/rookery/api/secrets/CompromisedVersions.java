// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.Tx;
import java.sql.SQLException;
import java.util.Map;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Knows versions of secrets that are held to be compromised; registered as a service by whoever
 * replaces or revokes secrets by an incident. Thread-safe.
 */
@ConsumerType
public interface CompromisedVersions {

  /**
   * Returns what is known of the transaction's tenant: by the secret's reference, the incident of
   * each compromised version by its number. What was compromised stays so, also once it is
   * destroyed.
   */
  Map<String, Map<Integer, String>> of(Tx tx) throws SQLException;
}
