// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.persistence.EntityTx;
import java.sql.Connection;
import javax.persistence.EntityManager;

/** A transaction that is running. */
record OpenTx(TenantContext context, Connection connection) implements Tx {

  /** A transaction that is running and carries an entity manager. */
  record WithEntities(TenantContext context, Connection connection, EntityManager entities)
      implements EntityTx {}
}
