// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.persistence.Schema;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SchemaMigratorTest {

  private static final String COLUMNS =
      "(tenant_id uuid not null, id uuid not null, n int, primary key (tenant_id, id))";

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("sample");

  private final SchemaMigrator migrator = new SchemaMigrator(DATABASE.database().ownerSource());

  @Test
  void areasShouldKeepTheCataloguesRules() throws SQLException {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void appShouldHaveTenantTablesAndViewsButNoPartitionAndNoPlatform() throws SQLException {
    assertThat(rights("rookery_app", "tenant.sample")).isEqualTo("SELECT INSERT UPDATE DELETE");
    assertThat(rights("rookery_app", "tenant.sample_v1")).isEqualTo("SELECT");
    assertThat(rights("rookery_app", "tenant.sample_log")).isEqualTo("SELECT INSERT");
    assertThat(rights("rookery_app", "platform.sample_cursor")).isEmpty();
    assertThat(rights("rookery_app", "platform.epoch")).isEqualTo("SELECT");
  }

  @Test
  void systemShouldHaveThePlatformButOfTenantTablesOnlyWhatAScriptGrants() throws SQLException {
    assertThat(rights("rookery_system", "platform.sample_cursor"))
        .isEqualTo("SELECT INSERT UPDATE DELETE");
    assertThat(rights("rookery_system", "platform.schema_history_sample")).isEmpty();
    assertThat(rights("rookery_system", "platform.schema_security")).isEmpty();
    assertThat(rights("rookery_system", "tenant.sample")).isEmpty();
    try (Connection system = DATABASE.asSystem()) {
      assertThat(text(system, "select count(id) from tenant.sample")).isEqualTo("0");
      assertThatThrownBy(() -> text(system, "select count(name) from tenant.sample"))
          .hasMessageContaining("permission denied");
    }
  }

  @Test
  void repeatShouldChangeNothing() throws SQLException {
    Area area = area("repeat", "create table tenant.repeat " + COLUMNS);
    assertThat(migrator.migrate(area).version()).isEqualTo("1");
    assertThat(migrator.migrate(area).version()).isEqualTo("1");
    assertThat(rights("rookery_app", "tenant.repeat")).isEqualTo("SELECT INSERT UPDATE DELETE");
  }

  @Test
  void laterVersionShouldSecureItsNewTablesAndLeaveTheOldOnesAlone() throws SQLException {
    String first = "create table tenant.first " + COLUMNS;
    Area.Script security =
        new Area.Script("later.sql", "revoke update, delete on tenant.first from rookery_app");
    migrator.migrate(new Area("later", List.of(script(1, first)), security));
    Area grown =
        new Area(
            "later",
            List.of(script(1, first), script(2, "create table tenant.second " + COLUMNS)),
            null);
    assertThat(migrator.migrate(grown).version()).isEqualTo("2");
    assertThat(rights("rookery_app", "tenant.first")).isEqualTo("SELECT INSERT");
    assertThat(rights("rookery_app", "tenant.second")).isEqualTo("SELECT INSERT UPDATE DELETE");
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void securityScriptShouldRunAgainOnlyWhenItChanged() throws SQLException {
    Area.Script migration = script(1, "create table platform.runs (n int)");
    String counting = "insert into platform.runs values (1)";
    Area area = new Area("runs", List.of(migration), new Area.Script("runs.sql", counting));
    migrator.migrate(area);
    migrator.migrate(area);
    assertThat(asOwner("select count(*) from platform.runs")).isEqualTo("1");
    migrator.migrate(
        new Area("runs", List.of(migration), new Area.Script("runs.sql", counting + " -- new")));
    assertThat(asOwner("select count(*) from platform.runs")).isEqualTo("2");
  }

  @Test
  void failedMigrationShouldLeaveNoHalfAndSucceedOnceRepaired() throws SQLException {
    Area broken = area("broken", "create table tenant.broken " + COLUMNS + "; select nonsense;");
    assertThatThrownBy(() -> migrator.migrate(broken)).hasMessageContaining("nonsense");
    assertThat(asOwner("select to_regclass('tenant.broken')")).isNull();
    assertThat(migrator.migrate(area("broken", "create table tenant.broken " + COLUMNS)).version())
        .isEqualTo("1");
  }

  @Test
  void changedScriptShouldBeRefused() throws SQLException {
    migrator.migrate(area("changed", "create table tenant.changed " + COLUMNS));
    assertThatThrownBy(
            () -> migrator.migrate(area("changed", "create table tenant.other " + COLUMNS)))
        .hasMessageContaining("checksum mismatch");
  }

  @Test
  void newerTablesShouldServeAnOlderVersion() throws SQLException {
    Area.Script first = script(1, "create table tenant.newer " + COLUMNS);
    Area.Script second = script(2, "alter table tenant.newer add m int");
    migrator.migrate(new Area("newer", List.of(first, second), null));
    assertThat(migrator.migrate(new Area("newer", List.of(first), null)).version()).isEqualTo("2");
  }

  @Test
  void viewThatPiercesRowSecurityShouldBeRefused() throws SQLException {
    Area area = area("pierced", "create view tenant.pierced as select * from tenant.sample");
    try {
      assertThatThrownBy(() -> migrator.migrate(area)).hasMessageContaining("security_invoker");
    } finally {
      asOwner("select 1");
      try (Connection owner = DATABASE.owner();
          Statement statement = owner.createStatement()) {
        statement.execute("drop view tenant.pierced");
      }
    }
  }

  @Test
  void nodesThatStartTogetherShouldTakeTurns() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      Area area = area("together", "create table tenant.together " + COLUMNS);
      Callable<Schema> start = () -> migrator.migrate(area);
      for (Future<Schema> node :
          executor.invokeAll(Stream.generate(() -> start).limit(4).toList())) {
        assertThat(node.get().version()).isEqualTo("1");
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static Area area(String name, String sql) {
    return new Area(name, List.of(script(1, sql)), null);
  }

  private static Area.Script script(int version, String sql) {
    return new Area.Script("V" + version + "__x.sql", sql);
  }

  private static String rights(String role, String table) throws SQLException {
    return asOwner(
        "select coalesce(string_agg(r, ' ' order by n), '') from unnest(array['SELECT', 'INSERT',"
            + " 'UPDATE', 'DELETE']) with ordinality as t (r, n) where has_table_privilege('"
            + role
            + "', '"
            + table
            + "', r)");
  }

  private static String asOwner(String sql) throws SQLException {
    try (Connection owner = DATABASE.owner()) {
      return text(owner, sql);
    }
  }

  private static String text(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
