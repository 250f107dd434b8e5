// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.test;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogueRulesTest {

  private static final String TABLE =
      "create table tenant.x (tenant_id uuid, id uuid, n int, primary key (tenant_id, id));"
          + " alter table tenant.x enable row level security;"
          + " create policy tenant_isolation on tenant.x to rookery_app using"
          + " (tenant_id = nullif(current_setting('nile.tenant_id', true), '')::uuid) with check"
          + " (tenant_id = nullif(current_setting('nile.tenant_id', true), '')::uuid);";

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas();

  @Test
  void persistenceShouldKeepTheRules() throws SQLException {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void tableThatKeepsTheRulesShouldNotBeReported() throws SQLException {
    try (Connection owner = DATABASE.owner()) {
      owner.setAutoCommit(false);
      execute(owner, TABLE);
      assertThat(CatalogueRules.violations(owner)).isEmpty();
    }
  }

  @ParameterizedTest(name = "{1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          create table tenant.y (id uuid primary key)                               | has no column tenant_id
          create table tenant.y (tenant_id uuid, id uuid, primary key (id, tenant_id)) | no primary key that begins
          create unique index u on tenant.x (n)                                     | tenant.u is a unique key
          create unique index u on tenant.x ((n + 1))                               | tenant.u is a unique key
          create table tenant.y (tenant_id uuid, id uuid, a uuid, primary key (tenant_id, id), foreign key (a, id) references tenant.x) | is a foreign key that does not keep
          create table tenant.y (tenant_id uuid, id uuid, primary key (tenant_id, id)) | tenant.y has no row-level security
          alter table tenant.x disable row level security                           | tenant.x has no row-level security
          drop policy tenant_isolation on tenant.x; create policy tenant_isolation on tenant.x to rookery_app using (true) with check (true) | tenant.x has no row-level security
          drop policy tenant_isolation on tenant.x; create policy tenant_isolation on tenant.x using (tenant_id = nullif(current_setting('nile.tenant_id', true), '')::uuid) | tenant.x has no row-level security
          create policy p on tenant.x to rookery_app using (true)                   | tenant.x.p is one more policy
          create policy p on tenant.x using (true)                                  | tenant.x.p is one more policy
          alter table tenant.x add workspace_id uuid                                | tenant.x has workspaces and no restrictive policy
          alter table tenant.x add workspace_id uuid; create policy workspace_isolation on tenant.x as restrictive to rookery_app using (true) | tenant.x has workspaces and no restrictive policy
          create function platform.f() returns trigger language plpgsql as 'begin return new; end' | platform.f() is a function
          create function public.f() returns trigger language plpgsql as 'begin return new; end'; create trigger g before insert on tenant.x execute function public.f() | tenant.x.g is a trigger
          alter table tenant.x add k bigint generated always as identity            | tenant.x.k is an identity column
          alter table tenant.x add k bigint generated always as identity            | tenant.x_k_seq is a sequence
          create sequence tenant.s                                                  | tenant.s is a sequence
          create view tenant.v as select * from tenant.x                            | tenant.v is a view without security_invoker
          create materialized view tenant.m as select * from tenant.x               | tenant.m is a materialised view
          create table tenant.z (tenant_id uuid, id uuid, primary key (tenant_id, id)) partition by range (id); create table tenant.z_p20260101 partition of tenant.z default; grant select on tenant.z_p20260101 to rookery_app | tenant.z_p20260101 to rookery_app is a partition with a grant
          grant select on tenant.x to public                                        | tenant.x is granted to everybody
          grant truncate on tenant.x to rookery_app                                 | tenant.x TRUNCATE is a right
          alter table platform.epoch enable row level security                      | platform.epoch has row-level security in schema platform
          grant select on platform.node to rookery_app                              | platform.node SELECT is a right of rookery_app
          grant update on platform.epoch to rookery_app                             | platform.epoch UPDATE is a right of rookery_app
          grant select (id) on platform.node to rookery_app                         | platform.node.id is a column right
          """)
  void violationShouldBeReported(String fault, String report) throws SQLException {
    try (Connection owner = DATABASE.owner()) {
      owner.setAutoCommit(false);
      execute(owner, TABLE);
      execute(owner, fault);
      assertThat(CatalogueRules.violations(owner)).anyMatch(line -> line.contains(report));
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
