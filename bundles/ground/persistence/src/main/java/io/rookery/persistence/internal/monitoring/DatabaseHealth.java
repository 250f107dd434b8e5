// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.monitoring;

import io.rookery.api.monitoring.HealthCheck;
import io.rookery.persistence.Leases;
import io.rookery.persistence.internal.database.Database;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.component.annotations.ReferencePolicyOption;

/**
 * Tells whether the database answers, by this node's heartbeat, and whether it can write. It is
 * there before the database is, as a node without one must not look ready.
 */
@Component
public final class DatabaseHealth implements HealthCheck {

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Leases leases;

  @Reference(
      cardinality = ReferenceCardinality.OPTIONAL,
      policy = ReferencePolicy.DYNAMIC,
      policyOption = ReferencePolicyOption.GREEDY)
  volatile Database database;

  @Override
  public String name() {
    return "database";
  }

  @Override
  public Health check() {
    Leases now = leases;
    if (now == null) {
      return new Health(false, "The database is not open yet");
    }
    Database open = database;
    if (open != null && !open.room().left()) {
      return new Health(false, "The database has no room left on its disk");
    }
    return now.alive()
        ? new Health(true, "The database answers")
        : new Health(false, "The database has not answered for five seconds");
  }
}
