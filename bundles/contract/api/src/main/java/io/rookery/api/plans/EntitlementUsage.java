// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.plans;

import io.rookery.kernel.Tx;
import java.sql.SQLException;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Counts how many of a thing tenants have, so that a plan that gives less can be refused. Offered
 * as a service by whoever keeps the things, one for an entitlement. While it is not there, the
 * things are taken not to be. Thread-safe.
 */
@ConsumerType
public interface EntitlementUsage {

  /** Returns what is counted. */
  Entitlement entitlement();

  /** Returns how many the transaction's tenant has. */
  long used(Tx tx) throws SQLException;
}
