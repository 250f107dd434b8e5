// SPDX-License-Identifier: Apache-2.0
package io.rookery.benchmarks.attack;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A digest of each table of a tenant's rows, read as the database's superuser. That keys of the
 * tenant were refused, and how often they came, is noted and meant to be; what the platform sees of
 * the tenant's hosts is written each minute, and when it looks again.
 *
 * @param digests by the table's name
 */
record Rows(Map<String, String> digests) {

  private static final String TABLES =
      """
      select string_agg(format(
        'select %L, coalesce(md5(string_agg(md5(r), '''' order by md5(r))), '''')'
        ' from (select (to_jsonb(t) - ''look_at'')::text as r from tenant.%I t'
        ' where tenant_id = ''?'' and coalesce(to_jsonb(t)->>''type'', '''')'
        ' not in (''access.refused'', ''host.check_changed'')) as rows',
        c.relname, c.relname), ' union all ')
      from pg_class c
      where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition and c.relname !~ '_p[0-9]{8}$'
        and c.relname not in ('audit_source', 'audit_entry', 'audit_chain', 'api_key_usage', 'host_check')\
      """;

  /** Reads a tenant's. */
  static Rows of(Connection database, String tenant) throws SQLException {
    Map<String, String> digests = new LinkedHashMap<>();
    try (Statement statement = database.createStatement()) {
      String sql;
      try (ResultSet made = statement.executeQuery(TABLES)) {
        made.next();
        sql = made.getString(1).replace("'?'", "'" + tenant + "'");
      }
      try (ResultSet rows = statement.executeQuery(sql)) {
        while (rows.next()) {
          digests.put(rows.getString(1), rows.getString(2));
        }
      }
    }
    return new Rows(digests);
  }

  /** Returns the tables whose rows differ. */
  Set<String> changed(Rows since) {
    Set<String> changed = new TreeSet<>();
    digests.forEach(
        (table, digest) -> {
          if (!digest.equals(since.digests.get(table))) {
            changed.add(table);
          }
        });
    return changed;
  }
}
