// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;

/** Makes the owner's role and the database of the embedded server, as its superuser. */
public final class OwnDatabase {

  private final Credential superuser;
  private final int port;

  /** Works on a server of loopback. */
  public OwnDatabase(int port, Credential superuser) {
    this.port = port;
    this.superuser = superuser;
  }

  /** Makes the owner, who is no superuser but may create roles, and sets its password. */
  public void ensureOwner(Credential owner) throws SQLException {
    try (Connection connection = connect("postgres")) {
      if (!exists(connection, "select from pg_roles where rolname = ?", owner.user())) {
        execute(connection, "create role " + owner.user() + " login createrole");
      }
      connection
          .unwrap(PGConnection.class)
          .alterUserPassword(owner.user(), owner.password().toCharArray(), "scram-sha-256");
    }
  }

  /** Makes a database that belongs to the owner, unless it is there. */
  public void ensureDatabase(String name, String owner, String template) throws SQLException {
    try (Connection connection = connect("postgres")) {
      if (exists(connection, "select from pg_database where datname = ?", name)) {
        return;
      }
      execute(connection, "create database " + name + " owner " + owner + " template " + template);
    }
  }

  /** Opens a connection of the superuser. */
  public Connection connect(String database) throws SQLException {
    return DatabaseAddress.loopback(port, database).source(superuser).getConnection();
  }

  private static boolean exists(Connection connection, String query, String name)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setString(1, name);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
