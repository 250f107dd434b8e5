// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The rules that every table of Rookery keeps, read from the database's own catalogue. A bundle's
 * test asserts that nothing breaks them:
 *
 * <pre>{@code
 * assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
 * }</pre>
 */
public final class CatalogueRules {

  /** What the tenants' role may read of schema {@code platform}. */
  private static final Set<String> READABLE = Set.of("epoch", "plan", "suppression");

  private static final String TENANT_TABLES =
      """
      from pg_class c where c.relnamespace = 'tenant'::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition""";

  private static final List<Rule> RULES =
      List.of(
          rule(
              "has no column tenant_id uuid not null",
              """
              select c.oid::regclass::text %s and not exists (
                select from pg_attribute a where a.attrelid = c.oid and a.attname = 'tenant_id'
                  and a.atttypid = 'uuid'::regtype and a.attnotnull)"""
                  .formatted(TENANT_TABLES)),
          rule(
              "has no primary key that begins with tenant_id",
              """
              select c.oid::regclass::text %s and not exists (
                select from pg_index i join pg_attribute a
                  on a.attrelid = c.oid and a.attnum = i.indkey[0]
                where i.indrelid = c.oid and i.indisprimary and a.attname = 'tenant_id')"""
                  .formatted(TENANT_TABLES)),
          rule(
              "is a unique key that does not begin with tenant_id",
              """
              select i.indexrelid::regclass::text from pg_index i join pg_class c
                on c.oid = i.indrelid left join pg_attribute a
                on a.attrelid = c.oid and a.attnum = i.indkey[0]
              where c.relnamespace = 'tenant'::regnamespace and not c.relispartition
                and i.indisunique and a.attname is distinct from 'tenant_id'"""),
          rule(
              "is a foreign key that does not keep to the tenant",
              """
              select f.conrelid::regclass::text || '.' || f.conname from pg_constraint f
              join pg_class c on c.oid = f.conrelid
              join pg_attribute a on a.attrelid = f.conrelid and a.attnum = f.conkey[1]
              join pg_attribute b on b.attrelid = f.confrelid and b.attnum = f.confkey[1]
              where f.contype = 'f' and c.relnamespace = 'tenant'::regnamespace
                and f.conparentid = 0
                and (a.attname <> 'tenant_id' or b.attname <> 'tenant_id')"""),
          rule(
              "has no row-level security with the policy tenant_isolation",
              """
              select c.oid::regclass::text %s and not (c.relrowsecurity and exists (
                select from pg_policy p where p.polrelid = c.oid and p.polname = 'tenant_isolation'
                  and p.polroles = array['rookery_app'::regrole::oid] and p.polcmd = '*'
                  and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid)
                  and pg_get_expr(p.polqual, p.polrelid) like '(tenant_id = %%nile.tenant_id%%'))"""
                  .formatted(TENANT_TABLES)),
          rule(
              "has workspaces and no restrictive policy workspace_isolation",
              """
              select c.oid::regclass::text %s
              and exists (select from pg_attribute a where a.attrelid = c.oid
                and a.attname = 'workspace_id' and not a.attisdropped)
              and not exists (select from pg_policy p where p.polrelid = c.oid
                and p.polname = 'workspace_isolation' and not p.polpermissive
                and p.polroles = array['rookery_app'::regrole::oid] and p.polcmd = '*'
                and pg_get_expr(p.polqual, p.polrelid) = pg_get_expr(p.polwithcheck, p.polrelid))"""
                  .formatted(TENANT_TABLES)),
          rule(
              "is one more policy that lets rookery_app see rows",
              """
              select p.polrelid::regclass::text || '.' || p.polname from pg_policy p
              where p.polname <> 'tenant_isolation' and p.polpermissive
                and (0::oid = any(p.polroles) or 'rookery_app'::regrole::oid = any(p.polroles))"""),
          rule(
              "is a trigger",
              """
              select t.tgrelid::regclass::text || '.' || t.tgname from pg_trigger t
              join pg_class c on c.oid = t.tgrelid
              where c.relnamespace = 'tenant'::regnamespace and not t.tgisinternal"""),
          rule(
              "is an identity column",
              """
              select a.attrelid::regclass::text || '.' || a.attname from pg_attribute a
              join pg_class c on c.oid = a.attrelid
              where c.relnamespace = 'tenant'::regnamespace and a.attidentity <> ''"""),
          rule(
              "is a sequence",
              """
              select c.oid::regclass::text from pg_class c
              where c.relnamespace = 'tenant'::regnamespace and c.relkind = 'S'"""),
          rule(
              "is a function",
              """
              select p.oid::regprocedure::text from pg_proc p
              where p.pronamespace in ('tenant'::regnamespace, 'platform'::regnamespace)"""),
          rule(
              "is a view without security_invoker",
              """
              select c.oid::regclass::text from pg_class c
              where c.relnamespace = 'tenant'::regnamespace and c.relkind = 'v'
                and not coalesce('security_invoker=true' = any(c.reloptions), false)"""),
          rule(
              "is a materialised view",
              """
              select c.oid::regclass::text from pg_class c where c.relkind = 'm'
                and c.relnamespace in ('tenant'::regnamespace, 'platform'::regnamespace)"""),
          rule(
              "is a partition with a grant",
              """
              select distinct c.oid::regclass::text || ' to ' || g.grantee::regrole::text
              from pg_class c cross join aclexplode(c.relacl) g
              where (c.relispartition or c.relname ~ '_p[0-9]{8}$') and g.grantee <> c.relowner"""),
          rule(
              "is granted to everybody",
              """
              select distinct c.oid::regclass::text from pg_class c cross join aclexplode(c.relacl) g
              where c.relnamespace in ('tenant'::regnamespace, 'platform'::regnamespace)
                and g.grantee = 0"""),
          rule(
              "is a right that the working roles must not have",
              """
              select distinct c.oid::regclass::text || ' ' || g.privilege_type
              from pg_class c cross join aclexplode(c.relacl) g
              where c.relnamespace in ('tenant'::regnamespace, 'platform'::regnamespace)
                and g.grantee in ('rookery_app'::regrole, 'rookery_system'::regrole)
                and g.privilege_type not in ('SELECT', 'INSERT', 'UPDATE', 'DELETE')"""),
          rule(
              "belongs to a working role",
              """
              select c.oid::regclass::text from pg_class c
              where c.relnamespace in ('tenant'::regnamespace, 'platform'::regnamespace)
                and c.relowner in ('rookery_app'::regrole, 'rookery_system'::regrole)"""),
          rule(
              "has row-level security in schema platform",
              """
              select c.oid::regclass::text from pg_class c
              where c.relnamespace = 'platform'::regnamespace and c.relrowsecurity"""),
          rule(
              "is a right of rookery_app in schema platform",
              """
              select distinct c.oid::regclass::text || ' ' || g.privilege_type
              from pg_class c cross join aclexplode(c.relacl) g
              where c.relnamespace = 'platform'::regnamespace
                and g.grantee = 'rookery_app'::regrole
                and not (g.privilege_type = 'SELECT' and c.relname = any(?))"""),
          rule(
              "is a column right of rookery_app in schema platform",
              """
              select distinct c.oid::regclass::text || '.' || a.attname
              from pg_class c join pg_attribute a on a.attrelid = c.oid
              cross join aclexplode(a.attacl) g
              where c.relnamespace = 'platform'::regnamespace
                and g.grantee = 'rookery_app'::regrole"""));

  private CatalogueRules() {}

  /** Returns what breaks a rule, each as a name and what is wrong with it. */
  public static List<String> violations(TestDatabase database) throws SQLException {
    try (Connection owner = database.owner()) {
      return violations(owner);
    }
  }

  /** Returns what breaks a rule in the database of a connection of the owner. */
  public static List<String> violations(Connection owner) throws SQLException {
    List<String> violations = new ArrayList<>();
    for (Rule rule : RULES) {
      try (PreparedStatement statement = owner.prepareStatement(rule.query())) {
        if (rule.query().contains("?")) {
          statement.setArray(1, owner.createArrayOf("text", READABLE.toArray()));
        }
        try (ResultSet rows = statement.executeQuery()) {
          while (rows.next()) {
            violations.add(rows.getString(1) + " " + rule.fault());
          }
        }
      }
    }
    return violations;
  }

  private static Rule rule(String fault, String query) {
    return new Rule(fault, query);
  }

  private record Rule(String fault, String query) {}
}
