// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import javax.persistence.EntityManager;
import org.eclipse.persistence.descriptors.ClassDescriptor;
import org.eclipse.persistence.queries.ReadQuery;
import org.eclipse.persistence.sessions.server.Server;

/**
 * Refuses a persistence unit that shares what it has read between transactions: it would hand one
 * tenant's rows to another without asking the database, whatever row-level security says.
 */
final class UnitCheck {

  private UnitCheck() {}

  /** Looks at every entity and named query as EclipseLink configured it in the end. */
  static void verify(EntityManager entities) {
    Server session = entities.unwrap(Server.class);
    for (ClassDescriptor descriptor : session.getDescriptors().values()) {
      if (!descriptor.isAggregateDescriptor() && descriptor.getCachePolicy().isSharedIsolation()) {
        refuse(session, "entity " + descriptor.getJavaClassName());
      }
      for (Object query : descriptor.getQueryManager().getAllQueries()) {
        verify(session, query);
      }
    }
    session.getQueries().values().forEach(queries -> queries.forEach(q -> verify(session, q)));
  }

  private static void verify(Server session, Object query) {
    if (query instanceof ReadQuery read && read.getQueryResultsCachePolicy() != null) {
      refuse(session, "query " + read.getName());
    }
  }

  private static void refuse(Server session, String what) {
    throw new IllegalStateException(
        "The persistence unit of session "
            + session.getName()
            + " shares its cache between tenants ("
            + what
            + "): set eclipselink.cache.shared.default=false");
  }
}
