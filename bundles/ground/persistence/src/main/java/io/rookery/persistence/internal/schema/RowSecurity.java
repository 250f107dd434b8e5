// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import io.rookery.persistence.internal.database.Role;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives every new table its row-level security and grants, so that no migration has to, and none
 * can forget; where it has a column {@code workspace_id}, things of a transaction's workspaces
 * alone are seen, too. What has been secured before is left alone, grants that a script took back
 * included. Partitions get nothing: they are reached through their parent only.
 */
final class RowSecurity {

  private static final String OWN_ROWS =
      "tenant_id = nullif(current_setting('nile.tenant_id', true), '')::uuid";

  /**
   * Most transactions name no workspace. Written as a null test because the planner takes that for
   * true of nearly every row, so that it chooses the same plans as without it.
   */
  private static final String OWN_WORKSPACES =
      """
      case when coalesce(current_setting('rookery.workspaces', true), '') = '' then true
        when %s = any (current_setting('rookery.workspaces', true)::uuid[]) then true
        end is not null""";

  private static final String NEW_WORKSPACE_TABLES =
      """
      select c.oid::regclass::text, a.attname from pg_class c
      join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
      where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition
        and a.attname = case when c.relname = 'workspace' then 'id' else 'workspace_id' end
        and not exists (
          select from pg_policy p where p.polrelid = c.oid and p.polname = 'workspace_isolation')
      order by 1""";

  private static final String NEW_TENANT_TABLES =
      """
      select c.oid::regclass::text from pg_class c
      where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition
        and not exists (
          select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_isolation')
        and not c.relname ~ '_p[0-9]{8}$'
      order by 1""";

  private static final String NEW_TENANT_VIEWS =
      """
      select c.oid::regclass::text,
        coalesce('security_invoker=true' = any(c.reloptions), false) from pg_class c
      where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('v', 'm')
        and not has_table_privilege('%s', c.oid, 'select')
      order by 1"""
          .formatted(Role.APP);

  private static final String NEW_PLATFORM_TABLES =
      """
      select c.oid::regclass::text, c.relkind from pg_class c
      where c.relnamespace = 'platform'::regnamespace and c.relkind in ('r', 'p', 'v')
        and not c.relispartition and c.relname not like 'schema\\_%%'
        and not has_table_privilege('%s', c.oid, 'select')
      order by 1"""
          .formatted(Role.SYSTEM);

  private final Connection connection;

  RowSecurity(Connection connection) {
    this.connection = connection;
  }

  /** Secures what is new; returns whether anything was. */
  boolean apply() throws SQLException {
    List<String> statements = new ArrayList<>();
    tenantTables(statements);
    workspaceTables(statements);
    tenantViews(statements);
    platformTables(statements);
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
    return !statements.isEmpty();
  }

  private void tenantTables(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NEW_TENANT_TABLES)) {
      while (rows.next()) {
        String table = rows.getString(1);
        statements.add("alter table " + table + " enable row level security");
        statements.add(
            "create policy tenant_isolation on %s to %s using (%s) with check (%s)"
                .formatted(table, Role.APP, OWN_ROWS, OWN_ROWS));
        statements.add("grant select, insert, update, delete on " + table + " to " + Role.APP);
      }
    }
  }

  private void workspaceTables(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NEW_WORKSPACE_TABLES)) {
      while (rows.next()) {
        String own = OWN_WORKSPACES.formatted(rows.getString(2));
        statements.add(
            "create policy workspace_isolation on %s as restrictive to %s using (%s) with check (%s)"
                .formatted(rows.getString(1), Role.APP, own, own));
      }
    }
  }

  private void tenantViews(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NEW_TENANT_VIEWS)) {
      while (rows.next()) {
        String view = rows.getString(1);
        if (!rows.getBoolean(2)) {
          throw new IllegalStateException(
              "The view " + view + " would pierce row-level security: security_invoker = true");
        }
        statements.add("grant select on " + view + " to " + Role.APP);
      }
    }
  }

  private void platformTables(List<String> statements) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(NEW_PLATFORM_TABLES)) {
      while (rows.next()) {
        String rights = rows.getString(2).equals("v") ? "select" : "select, insert, update, delete";
        statements.add("grant " + rights + " on " + rows.getString(1) + " to " + Role.SYSTEM);
      }
    }
  }
}
