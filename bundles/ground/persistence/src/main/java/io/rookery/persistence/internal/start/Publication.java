// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.start;

import io.rookery.persistence.internal.database.Database;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Dictionary;
import java.util.Map;
import javax.sql.DataSource;
import org.osgi.framework.BundleContext;
import org.osgi.framework.FrameworkUtil;
import org.osgi.framework.ServiceRegistration;

/**
 * Registers what others need of the open database: the database for this bundle, the pool of {@code
 * rookery_app} as {@code osgi.jndi.service.name=rookery} for persistence units, and the pool of
 * {@code rookery_system} as {@code rookery-system} for the scheduler of jobs.
 */
class Publication {

  private final BundleContext context;
  private final Deque<ServiceRegistration<?>> registrations = new ArrayDeque<>();
  private boolean withdrawn;

  Publication(BundleContext context) {
    this.context = context;
  }

  synchronized void publish(Database database) {
    if (withdrawn) {
      return;
    }
    registrations.push(context.registerService(DataSource.class, database.app(), named("rookery")));
    registrations.push(
        context.registerService(DataSource.class, database.system(), named("rookery-system")));
    registrations.push(context.registerService(Database.class, database, null));
  }

  private static Dictionary<String, Object> named(String name) {
    return FrameworkUtil.asDictionary(Map.of("osgi.jndi.service.name", name));
  }

  /** Withdraws everything for good; whoever uses it has stopped when this returns. */
  void withdraw() {
    Deque<ServiceRegistration<?>> all;
    synchronized (this) {
      withdrawn = true;
      all = new ArrayDeque<>(registrations);
      registrations.clear();
    }
    while (!all.isEmpty()) {
      all.pop().unregister();
    }
  }
}
