// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import io.rookery.benchmarks.cluster.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A forgotten session holds locks on the rows that everybody needs. */
final class RowsLocked implements DatabaseFault {

  private static final List<String> TABLES =
      List.of("contact", "lane", "campaign", "message where state = 'due'");

  private final DatabaseServer server;
  private Connection session;

  RowsLocked(DatabaseServer server) {
    this.server = server;
  }

  @Override
  public String name() {
    return "rows locked";
  }

  @Override
  public boolean unready() {
    return false;
  }

  @Override
  public void begin() throws SQLException {
    session = server.connect();
    session.setAutoCommit(false);
    try (Statement statement = session.createStatement()) {
      for (String table : TABLES) {
        // Rows of the sending line change all the time; whoever waits for one would wait long.
        statement.execute(
            "select count(*) from (select 1 from tenant."
                + table
                + " for update skip locked) locked");
      }
    }
  }

  @Override
  public void end() throws SQLException {
    session.rollback();
    session.close();
  }
}
