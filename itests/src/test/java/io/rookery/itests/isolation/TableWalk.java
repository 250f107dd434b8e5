// SPDX-License-Identifier: Apache-2.0
package io.rookery.itests.isolation;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries on every table of schema {@code tenant} to reach one tenant's rows as another: nothing but
 * row-level security stands in between.
 */
final class TableWalk {

  private static final String TABLES =
      """
      select c.relname from pg_class c
      where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition and c.relname !~ '_p[0-9]{8}$' order by 1""";
  private static final String VIEWS =
      """
      select c.relname from pg_class c
      where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('v', 'm') order by 1""";
  private static final String COLUMNS =
      """
      select quote_ident(a.attname) from pg_attribute a
      where a.attrelid = 'tenant.%s'::regclass and a.attnum > 0 and not a.attisdropped
        and a.attgenerated = '' and a.attname <> 'tenant_id' order by a.attnum""";

  private static final String DENIED = "42501";
  private static final String TAKEN = "23505";
  private static final String REFERRED_TO = "23503";

  private final TenantDatabase database;
  private final Findings findings;
  private String owner;
  private String stranger;

  /** Walks in a database, best one in which no tenant was ever named. */
  TableWalk(TenantDatabase database, Findings findings) {
    this.database = database;
    this.findings = findings;
  }

  /** Returns the tables in which a tenant has no row. */
  List<String> without(String tenant) throws SQLException {
    List<String> without = new ArrayList<>();
    database.as(
        tenant,
        () -> {
          for (String table : tables()) {
            if (database.count("select count(*) from tenant." + table) == 0) {
              without.add(table);
            }
          }
        });
    return without;
  }

  private List<String> tables() throws SQLException {
    return database.strings(TABLES);
  }

  /**
   * Walks all tables and views, reaching for an owner's rows as a stranger, who needs rows of its
   * own in all of them; returns how many there are.
   */
  int walk(String owner, String stranger) throws SQLException {
    this.owner = owner;
    this.stranger = stranger;
    List<String> all = new ArrayList<>(tables());
    all.addAll(database.strings(VIEWS));
    database.asNobody(() -> closed(all));
    database.as("", () -> closed(all));
    for (String relation : all) {
      database.as(stranger, () -> selects(relation));
    }
    for (String table : tables()) {
      database.as(stranger, () -> changes(table));
      database.as(stranger, () -> inserts(table));
    }
    return all.size();
  }

  /** Without a tenant there are no rows. */
  private void closed(List<String> relations) throws SQLException {
    for (String relation : relations) {
      nothing("", "select count(*) from tenant." + relation);
    }
  }

  private void selects(String relation) throws SQLException {
    String count = "select count(*) from tenant." + relation + " where tenant_id ";
    nothing(stranger, count + "= '" + owner + "'");
    nothing(stranger, count + "<> '" + stranger + "'");
  }

  private void nothing(String tenant, String sql) throws SQLException {
    long rows = database.count(sql);
    findings.check(rows == 0, "as tenant '%s': %s gave %s", tenant, sql, rows);
  }

  /** Changes touch one's own rows and no others; some tables admit no changes at all. */
  private void changes(String table) throws SQLException {
    if (granted(table, "update")) {
      String update = "update tenant." + table + " set tenant_id = tenant_id where tenant_id = '";
      touches(update, table);
      String gift = "update tenant.%s set tenant_id = '%s'".formatted(table, owner);
      findings.check(secured(gift), "%s was not refused", gift);
    }
    if (granted(table, "delete")) {
      touches("delete from tenant." + table + " where tenant_id = '", table);
    }
  }

  private void touches(String sql, String table) throws SQLException {
    int foreign = database.tried(sql + owner + "'");
    findings.check(foreign == 0, "%s%s' touched %s rows", sql, owner, foreign);
    String own = state(sql + stranger + "'");
    // What other rows refer to cannot go, and was reached.
    findings.check(
        REFERRED_TO.equals(own) || !own.equals("rows: 0") && own.startsWith("rows: "),
        "%s%s' came to %s: %s was to have rows",
        sql,
        stranger,
        own,
        table);
  }

  /** A row like one's own is refused for the other tenant, and found to be there for oneself. */
  private void inserts(String table) throws SQLException {
    String columns = String.join(", ", database.strings(COLUMNS.formatted(table)));
    String sql =
        "insert into tenant.%1$s (tenant_id, %2$s) select '%3$s', %2$s from tenant.%1$s limit 1";
    String foreign = sql.formatted(table, columns, owner);
    findings.check(secured(foreign), "%s was not refused", foreign);
    String own = sql.formatted(table, columns, stranger);
    findings.check(TAKEN.equals(state(own)), "%s came to %s", own, state(own));
  }

  private boolean granted(String table, String right) throws SQLException {
    return database
        .strings("select has_table_privilege('tenant.%s', '%s')".formatted(table, right))
        .contains("t");
  }

  /** Returns whether row-level security, and not a missing right, refuses a statement. */
  private boolean secured(String sql) throws SQLException {
    try {
      database.tried(sql);
      return false;
    } catch (SQLException e) {
      return DENIED.equals(e.getSQLState()) && e.getMessage().contains("row-level security");
    }
  }

  private String state(String sql) {
    try {
      return "rows: " + database.tried(sql);
    } catch (SQLException e) {
      return e.getSQLState();
    }
  }
}
