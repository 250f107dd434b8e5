// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.kernel.TenantContext;
import io.rookery.persistence.EntityTx;
import io.rookery.persistence.EntityWork;
import java.sql.Connection;
import java.sql.SQLException;
import javax.persistence.EntityManager;
import javax.persistence.EntityManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs work with entities: JPA and JDBC on one connection, in one transaction. */
final class EntityTransaction {

  private static final Logger LOG = LoggerFactory.getLogger(EntityTransaction.class);

  private EntityTransaction() {}

  static <R> R run(TenantContext context, EntityManagerFactory unit, EntityWork<R> work)
      throws SQLException {
    EntityManager entities = unit.createEntityManager();
    try {
      UnitCheck.verify(entities);
      entities.getTransaction().begin();
      // Asking for the connection makes EclipseLink take it now and keep it until the end.
      Connection connection = GuardedConnection.of(entities.unwrap(Connection.class));
      TenantSetting.apply(connection, context);
      EntityTx tx = new OpenTx.WithEntities(context, connection, entities);
      R result = work.run(tx);
      SilentRollback.refuse(connection);
      entities.getTransaction().commit();
      return result;
    } finally {
      end(entities);
    }
  }

  /** Ends what was not committed; a failure here would only hide the one that led to it. */
  private static void end(EntityManager entities) {
    try (AutoCloseable closing = entities::close) {
      if (entities.getTransaction().isActive()) {
        entities.getTransaction().rollback();
      }
    } catch (Exception e) {
      LOG.debug("The transaction was gone already", e);
    }
  }
}
