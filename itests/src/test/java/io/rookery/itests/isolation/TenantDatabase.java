// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * The database of a running distribution as {@code rookery_app}: what a service would reach whose
 * own checks are all switched off. Nothing that is done here is kept. One thread at a time.
 */
final class TenantDatabase implements AutoCloseable {

  private static final int LINE_OF_PORT = 3;

  private final Connection connection;

  private TenantDatabase(Connection connection) throws SQLException {
    this.connection = connection;
    connection.setAutoCommit(false);
    execute("set lock_timeout = '20s'");
    connection.commit();
  }

  /** Opens the embedded database of a distribution, with the password that it keeps for itself. */
  static TenantDatabase open(Path home) throws IOException, SQLException {
    Path postgres = home.resolve("data/postgres");
    String port =
        Files.readAllLines(postgres.resolve("data/postmaster.pid")).get(LINE_OF_PORT).strip();
    String password = Files.readString(postgres.resolve("secrets/app")).strip();
    return new TenantDatabase(
        DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/rookery", "rookery_app", password));
  }

  /** Work whose effects are rolled back. */
  interface Work {
    void run() throws SQLException;
  }

  /** Works as a tenant, or without one where the id is empty. */
  void as(String tenantId, Work work) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('nile.tenant_id', ?, true)")) {
      set.setString(1, tenantId);
      set.execute();
      work.run();
    } finally {
      connection.rollback();
    }
  }

  /** Makes a row as a tenant, which stays. */
  void keep(String tenantId, String insert) throws SQLException {
    try (PreparedStatement set =
        connection.prepareStatement("select set_config('nile.tenant_id', ?, true)")) {
      set.setString(1, tenantId);
      set.execute();
      execute(insert);
      connection.commit();
    } finally {
      connection.rollback();
    }
  }

  /** Works on a connection on which no tenant was ever named. */
  void asNobody(Work work) throws SQLException {
    try {
      work.run();
    } finally {
      connection.rollback();
    }
  }

  long count(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getLong(1);
    }
  }

  /** Runs a change and undoes it; returns how many rows it touched, or throws what it was told. */
  int tried(String sql) throws SQLException {
    var before = connection.setSavepoint();
    try (Statement statement = connection.createStatement()) {
      return statement.executeUpdate(sql);
    } finally {
      connection.rollback(before);
    }
  }

  List<String> strings(String sql) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
