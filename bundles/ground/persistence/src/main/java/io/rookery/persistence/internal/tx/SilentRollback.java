// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import java.sql.Connection;
import java.sql.SQLException;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/**
 * Work that swallows an error of the database leaves a transaction that PostgreSQL answers COMMIT
 * with ROLLBACK for, and the driver says nothing: what was promised would be lost.
 */
final class SilentRollback {

  private SilentRollback() {}

  /** Throws where a commit would roll back; asks the driver, not the server. */
  static void refuse(Connection connection) throws SQLException {
    BaseConnection driver = connection.unwrap(BaseConnection.class);
    if (driver.getTransactionState() == TransactionState.FAILED) {
      throw new SQLException("The work went on after an error of the database", "25P02");
    }
  }
}
