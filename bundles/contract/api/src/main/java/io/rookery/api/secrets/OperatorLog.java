// SPDX-License-Identifier: Apache-2.0
package io.rookery.api.secrets;

import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import org.osgi.annotation.versioning.ConsumerType;

/**
 * Says in whose log stands what concerns a store and no single tenant; registered as a service by
 * whoever knows the operator's tenant. Thread-safe.
 */
@ConsumerType
public interface OperatorLog {

  /**
   * Returns a context of the operator's tenant.
   *
   * @throws io.rookery.kernel.RookeryException {@code unavailable} while the database is away and
   *     the tenant is not known yet
   */
  TenantContext as(Actor actor);
}
