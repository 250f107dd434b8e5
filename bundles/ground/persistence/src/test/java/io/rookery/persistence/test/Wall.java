// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/** Row-level security of some tables, taken away until this is closed. */
public final class Wall implements AutoCloseable {

  private final TestDatabase database;
  private final List<String> tables;

  private Wall(TestDatabase database, List<String> tables) {
    this.database = database;
    this.tables = tables;
  }

  /** Takes it away, so that a test can be seen to notice. */
  public static Wall down(TestDatabase database, String... tables) throws SQLException {
    Wall wall = new Wall(database, List.of(tables));
    wall.set("disable");
    return wall;
  }

  private void set(String how) throws SQLException {
    try (Connection owner = database.owner();
        Statement statement = owner.createStatement()) {
      for (String table : tables) {
        statement.execute("alter table tenant." + table + " " + how + " row level security");
      }
    }
  }

  @Override
  public void close() throws SQLException {
    set("enable");
  }
}
