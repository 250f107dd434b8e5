// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import javax.sql.DataSource;

/** Lets one node at a time change the schema, over the whole database. */
public final class MigrationLock implements AutoCloseable {

  private static final long KEY = 0x526F6F6B657279L;

  private final Connection connection;

  private MigrationLock(Connection connection) {
    this.connection = connection;
  }

  /** Waits for the lock and takes it; the death of this process frees it. */
  public static MigrationLock take(DataSource owner) throws SQLException {
    Connection connection = owner.getConnection();
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_advisory_lock(" + KEY + ")");
      return new MigrationLock(connection);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Returns the connection that holds the lock, in auto-commit mode. */
  public Connection connection() {
    return connection;
  }

  /** Frees the lock with its connection. */
  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
