// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.PartitionedTables;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class PartitionedTablesServiceTest {

  private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
  private static final String TABLE = "sample_log";

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("sample");

  private final PartitionedTables tables = DATABASE.partitionedTables();
  private final TenantContext tenant = DATABASE.tenant();

  @AfterEach
  void dropAll() {
    tables.dropBefore(TABLE, NOON.plus(Duration.ofDays(30)));
  }

  @Test
  void ensureShouldMakeADayEachAndMayBeRepeated() throws SQLException {
    tables.ensure(TABLE, NOON, NOON.plus(Duration.ofDays(2)));
    tables.ensure(TABLE, NOON.plus(Duration.ofDays(1)), NOON.plus(Duration.ofDays(3)));
    assertThat(partitions())
        .containsExactly(
            "sample_log_p20261123",
            "sample_log_p20261124",
            "sample_log_p20261125",
            "sample_log_p20261126");
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void rowsShouldGoThroughTheParentAndKeepToTheirTenant() {
    tables.ensure(TABLE, NOON, NOON);
    insert(tenant, NOON);
    assertThat(count(tenant)).isEqualTo(1);
    assertThat(count(DATABASE.tenant())).isZero();
    assertThatThrownBy(() -> insert(tenant, NOON.plus(Duration.ofDays(1))))
        .hasStackTraceContaining("no partition");
  }

  @Test
  void partitionItselfShouldBeOutOfReach() {
    tables.ensure(TABLE, NOON, NOON);
    assertThatThrownBy(
            () ->
                DATABASE
                    .transactions()
                    .call(tenant, tx -> count(tx.connection(), "tenant.sample_log_p20261123")))
        .hasStackTraceContaining("permission denied");
  }

  @Test
  void dropBeforeShouldKeepADayThatIsNotOver() throws SQLException {
    tables.ensure(TABLE, NOON.minus(Duration.ofDays(2)), NOON);
    insert(tenant, NOON);
    assertThat(tables.dropBefore(TABLE, NOON)).isEqualTo(2);
    assertThat(tables.dropBefore(TABLE, NOON)).isZero();
    assertThat(partitions()).containsExactly("sample_log_p20261123");
    assertThat(count(tenant)).isEqualTo(1);
  }

  @Test
  void whatACrashLeftHalfDoneShouldBeFinished() throws SQLException {
    execute("create table tenant.sample_log_p20261120 (like tenant.sample_log)");
    execute("create table tenant.sample_log_p20261123 (like tenant.sample_log)");
    tables.ensure(TABLE, NOON, NOON);
    insert(tenant, NOON);
    assertThat(tables.dropBefore(TABLE, NOON)).isEqualTo(1);
    assertThat(count(tenant)).isEqualTo(1);
  }

  @Test
  void nodesShouldMakeThemTogether() throws Exception {
    ExecutorService executor = Executors.newFixedThreadPool(4);
    try {
      Callable<Void> node =
          () -> {
            tables.ensure(TABLE, NOON, NOON.plus(Duration.ofDays(3)));
            return null;
          };
      for (Future<Void> each : executor.invokeAll(Stream.generate(() -> node).limit(4).toList())) {
        each.get();
      }
      assertThat(partitions()).hasSize(4);
    } finally {
      executor.shutdownNow();
    }
  }

  @Test
  void ensureShouldNotWaitForARunningTransactionOnTheTable() {
    tables.ensure(TABLE, NOON, NOON);
    DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              insert(tx.connection(), tenant, NOON);
              tables.ensure(TABLE, NOON, NOON.plus(Duration.ofDays(1)));
              return null;
            });
    assertThat(count(tenant)).isEqualTo(1);
  }

  @Test
  void strangeNamesShouldBeRefused() {
    assertThatThrownBy(() -> tables.ensure("x; drop table y", NOON, NOON))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static void insert(TenantContext tenant, Instant at) {
    DATABASE.transactions().call(tenant, tx -> insert(tx.connection(), tenant, at));
  }

  private static int insert(Connection connection, TenantContext tenant, Instant at)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("insert into tenant.sample_log values (?, ?)")) {
      statement.setObject(1, tenant.tenantId());
      statement.setObject(2, Uuids.floor(at));
      return statement.executeUpdate();
    }
  }

  private static int count(TenantContext tenant) {
    return DATABASE.transactions().call(tenant, tx -> count(tx.connection(), "tenant.sample_log"));
  }

  private static int count(Connection connection, String table) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from " + table)) {
      row.next();
      return row.getInt(1);
    }
  }

  private static List<String> partitions() throws SQLException {
    List<String> names = new ArrayList<>();
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select relname from pg_class where relname like 'sample_log_p________'"
                    + " and relkind = 'r' order by 1")) {
      while (rows.next()) {
        names.add(rows.getString(1));
      }
    }
    return names;
  }

  private static void execute(String sql) throws SQLException {
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute(sql);
    }
  }
}
