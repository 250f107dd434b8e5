// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * Sees to the two working roles and the two schemas, as the owner. A role that could escape
 * row-level security is refused. What is there already is left alone, so every start may repeat
 * this.
 */
public final class Roles {

  private static final List<String> SCHEMAS = List.of("tenant", "platform");
  private static final String BAD_PASSWORD = "28P01";
  private static final String ESCAPES =
      "select bool_or(rolsuper or rolbypassrls or rolcreaterole or rolname = current_user)"
          + " from pg_roles where pg_has_role(?, oid, 'member')"
          + " and exists (select from pg_roles where rolname = ?)";

  private final DatabaseAddress address;
  private final Logins logins;

  /** Makes the roles of a database. */
  public Roles(DatabaseAddress address, Logins logins) {
    this.address = address;
    this.logins = logins;
  }

  /** Makes what is missing and checks what is there. */
  public void ensure(Connection owner) throws SQLException {
    ensureRole(owner, logins.app());
    ensureRole(owner, logins.system());
    ensureSchemas(owner);
    verify(owner, logins.app());
    verify(owner, logins.system());
  }

  private void ensureRole(Connection owner, Credential login) throws SQLException {
    if (!exists(owner, "select from pg_roles where rolname = ?", login.user())) {
      execute(owner, "create role " + login.user() + " login noinherit");
      setPassword(owner, login);
    } else if (!accepted(login)) {
      setPassword(owner, login);
    }
  }

  /** The driver sends the SCRAM verifier, so the password itself never reaches a log. */
  private static void setPassword(Connection owner, Credential login) throws SQLException {
    owner
        .unwrap(PGConnection.class)
        .alterUserPassword(login.user(), login.password().toCharArray(), "scram-sha-256");
  }

  private boolean accepted(Credential login) throws SQLException {
    try (Connection connection = address.source(login).getConnection()) {
      return connection.isValid(5);
    } catch (SQLException e) {
      if (BAD_PASSWORD.equals(e.getSQLState())) {
        return false;
      }
      throw e;
    }
  }

  private static void ensureSchemas(Connection owner) throws SQLException {
    for (String schema : SCHEMAS) {
      if (!exists(owner, "select from pg_namespace where nspname = ?", schema)) {
        execute(owner, "create schema " + schema);
      }
      execute(owner, "grant usage on schema " + schema + " to " + Role.APP + ", " + Role.SYSTEM);
    }
    execute(
        owner,
        "create table if not exists platform.schema_security ("
            + "area text primary key, digest text not null)");
  }

  private static void verify(Connection owner, Credential login) throws SQLException {
    try (PreparedStatement statement = owner.prepareStatement(ESCAPES)) {
      statement.setString(1, login.user());
      statement.setString(2, login.user());
      try (ResultSet row = statement.executeQuery()) {
        if (!row.next() || row.getBoolean(1)) {
          throw new DatabaseRefusedException(
              "The role "
                  + login.user()
                  + " is refused: neither it nor a role that it is a member of may be a superuser,"
                  + " bypass row-level security, create roles or own the tables");
        }
      }
    }
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
