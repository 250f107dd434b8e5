// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.faults;

import io.rookery.benchmarks.cluster.DatabaseServer;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** A forgotten session holds locks on the rows that everybody needs. */
final class RowsLocked implements DatabaseFault {

  /** Rows of the sending line change all the time; whoever waits for all would wait long. */
  private static final List<String> ROWS =
      List.of(
          "contact for update",
          "campaign for update",
          "lane for update skip locked",
          "message where state = 'due' for update skip locked");

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
  public boolean lasting() {
    return true;
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
      for (String rows : ROWS) {
        statement.execute("select count(*) from (select 1 from tenant." + rows + ") locked");
      }
    }
  }

  @Override
  public void end() throws SQLException {
    session.rollback();
    session.close();
  }
}
