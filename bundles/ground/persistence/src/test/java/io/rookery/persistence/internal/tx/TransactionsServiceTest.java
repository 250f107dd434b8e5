// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TransactionsServiceTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas();

  private final Transactions transactions = DATABASE.transactions();
  private final TenantContext tenant = DATABASE.tenant();

  @Test
  void callShouldCommitWhatTheWorkWrote() {
    transactions.call(tenant, tx -> insert(tx.connection(), tenant, "a"));
    assertThat(count(tenant)).isEqualTo(1);
  }

  @Test
  void callShouldRollBackWhenTheWorkThrows() {
    assertThatThrownBy(
            () ->
                transactions.call(
                    tenant,
                    tx -> {
                      insert(tx.connection(), tenant, "a");
                      throw RookeryException.notFound("thing");
                    }))
        .isInstanceOf(RookeryException.class)
        .hasMessage("There is no such thing");
    assertThat(count(tenant)).isZero();
  }

  @Test
  void callShouldSeeNoRowsOfAnotherTenant() {
    transactions.call(tenant, tx -> insert(tx.connection(), tenant, "a"));
    assertThat(count(DATABASE.tenant())).isZero();
  }

  @Test
  void onlyWorkByKeyShouldRunByPlansThatTheServerKept() {
    assertThat(transactions.<Long>call(tenant, tx -> keptPlans(tx.connection()))).isZero();
    assertThat(transactions.<Long>callByKey(tenant, tx -> keptPlans(tx.connection()))).isPositive();
    assertThat(transactions.<Long>call(tenant, tx -> keptPlans(tx.connection()))).isZero();
  }

  /** Returns how many of many runs of a statement took a plan that had been made before. */
  private static long keptPlans(Connection connection) throws SQLException {
    long before = generic(connection);
    for (int run = 0; run < 20; run++) {
      try (PreparedStatement select =
          connection.prepareStatement("select key from tenant.idempotency where key = ?")) {
        select.setString(1, "run " + run);
        select.executeQuery().close();
      }
    }
    return generic(connection) - before;
  }

  private static long generic(Connection connection) throws SQLException {
    try (Statement select = connection.createStatement();
        ResultSet row =
            select.executeQuery(
                "select coalesce(sum(generic_plans), 0) from pg_prepared_statements"
                    + " where statement like 'select key from tenant.idempotency%'")) {
      row.next();
      return row.getLong(1);
    }
  }

  @Test
  void callShouldNotWriteRowsOfAnotherTenant() {
    TenantContext other = DATABASE.tenant();
    assertThatThrownBy(() -> transactions.call(tenant, tx -> insert(tx.connection(), other, "a")))
        .isInstanceOf(RookeryException.class)
        .extracting(e -> ((RookeryException) e).code())
        .isEqualTo(CommonErrors.INTERNAL);
  }

  @Test
  void pooledConnectionShouldForgetTheTenant() throws SQLException {
    transactions.call(tenant, tx -> insert(tx.connection(), tenant, "a"));
    for (int i = 0; i < 20; i++) {
      try (Connection connection = DATABASE.appDataSource().getConnection()) {
        assertThat(count(connection)).isZero();
      }
    }
  }

  @Test
  void callShouldRefuseAMissingTenant() {
    assertThatThrownBy(() -> transactions.call(null, tx -> null))
        .isInstanceOf(NullPointerException.class);
  }

  @Test
  void callShouldRefuseToNestButServeTheThreadAgainAfterwards() {
    assertThatThrownBy(
            () -> transactions.call(tenant, tx -> transactions.call(tenant, inner -> null)))
        .isInstanceOf(RookeryException.class)
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThatThrownBy(
            () ->
                transactions.system(
                    SystemPurpose.MONITORING, c -> transactions.call(tenant, tx -> null)))
        .hasRootCauseInstanceOf(IllegalStateException.class);
    assertThat(transactions.<Integer>call(tenant, tx -> 7)).isEqualTo(7);
  }

  @Test
  void workShouldNotEndItsOwnTransaction() {
    transactions.call(
        tenant,
        tx -> {
          assertThatThrownBy(() -> tx.connection().commit())
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> tx.connection().rollback())
              .isInstanceOf(IllegalStateException.class);
          assertThatThrownBy(() -> tx.connection().setAutoCommit(true))
              .isInstanceOf(IllegalStateException.class);
          tx.connection().close();
          return insert(tx.connection(), tenant, "a");
        });
    assertThat(count(tenant)).isEqualTo(1);
  }

  @Test
  void callShouldFailWhenTheWorkSwallowedAnErrorOfTheDatabase() {
    assertThatThrownBy(
            () ->
                transactions.call(
                    tenant,
                    tx -> {
                      insert(tx.connection(), tenant, "a");
                      try (Statement statement = tx.connection().createStatement()) {
                        statement.execute("select nonsense");
                      } catch (SQLException e) {
                        return "fine";
                      }
                      return null;
                    }))
        .isInstanceOf(RookeryException.class);
    assertThat(count(tenant)).isZero();
  }

  @Test
  void takenUniqueKeyShouldBecomeConflictWithoutTheValue() {
    transactions.call(tenant, tx -> insert(tx.connection(), tenant, "a"));
    assertThatThrownBy(() -> transactions.call(tenant, tx -> insert(tx.connection(), tenant, "a")))
        .asInstanceOf(InstanceOfAssertFactories.type(RookeryException.class))
        .returns(CommonErrors.CONFLICT, RookeryException::code)
        .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining("(a)"))
        .satisfies(e -> assertThat(e.getCause()).hasMessageNotContaining(tenant.tenantId() + ""));
  }

  @Test
  void lockThatIsNotFreedShouldBecomeUnavailableForASecond() {
    transactions.call(tenant, tx -> insert(tx.connection(), tenant, "a"));
    assertThatThrownBy(
            () ->
                transactions.call(
                    tenant,
                    tx -> {
                      execute(tx.connection(), "set local lock_timeout = '50ms'");
                      try (Connection other = DATABASE.asApp(tenant)) {
                        other.setAutoCommit(false);
                        lock(other);
                        return lock(tx.connection());
                      }
                    }))
        .asInstanceOf(InstanceOfAssertFactories.type(RookeryException.class))
        .returns(CommonErrors.UNAVAILABLE, RookeryException::code)
        .satisfies(e -> assertThat(e.retryAfter()).hasSeconds(1));
  }

  @Test
  void workShouldNotWaitForEver() {
    for (String role : new String[] {"app", "system"}) {
      assertThat(setting(role, "lock_timeout")).isEqualTo("5s");
      assertThat(setting(role, "statement_timeout")).isEqualTo("25s");
    }
  }

  @Test
  void planOfAnEmptyTableShouldNotBeKept() {
    String sql = "select count(*) from tenant.plugin_storage where tenant_id = ?";
    String plans =
        "select generic_plans, custom_plans from pg_prepared_statements where statement like"
            + " 'select count(*) from tenant.plugin_storage where%'";
    transactions.call(
        tenant,
        tx -> {
          try (PreparedStatement select = tx.connection().prepareStatement(sql);
              Statement statement = tx.connection().createStatement()) {
            for (int i = 0; i < 20; i++) {
              select.setObject(1, tenant.tenantId());
              select.executeQuery().close();
            }
            try (ResultSet row = statement.executeQuery(plans)) {
              assertThat(row.next()).isTrue();
              assertThat(row.getLong(1)).isZero();
              assertThat(row.getLong(2)).isGreaterThan(10);
            }
          }
          return null;
        });
  }

  private String setting(String role, String name) {
    return role.equals("app")
        ? transactions.call(tenant, tx -> show(tx.connection(), name))
        : transactions.system(SystemPurpose.JOBS, connection -> show(connection, name));
  }

  private static String show(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show " + name)) {
      row.next();
      return row.getString(1);
    }
  }

  @Test
  void statementThatTakesTooLongShouldBecomeUnavailable() {
    assertThatThrownBy(
            () ->
                transactions.call(
                    tenant,
                    tx -> {
                      execute(tx.connection(), "set local statement_timeout = '50ms'");
                      execute(tx.connection(), "select pg_sleep(60)");
                      return null;
                    }))
        .asInstanceOf(InstanceOfAssertFactories.type(RookeryException.class))
        .returns(CommonErrors.UNAVAILABLE, RookeryException::code)
        .satisfies(e -> assertThat(e.retryAfter()).isNotNull());
  }

  @Test
  void connectionThatTheServerEndsShouldBecomeUnavailable() {
    assertThatThrownBy(
            () ->
                transactions.call(
                    tenant,
                    tx -> {
                      end(tx.connection());
                      return count(tx.connection());
                    }))
        .asInstanceOf(InstanceOfAssertFactories.type(RookeryException.class))
        .returns(CommonErrors.UNAVAILABLE, RookeryException::code);
    assertThat(count(tenant)).isZero();
  }

  @Test
  void systemShouldNotSeeTenantsRowsNorTheirAnswers() {
    transactions.call(tenant, tx -> insert(tx.connection(), tenant, "a"));
    assertThatThrownBy(
            () ->
                transactions.system(
                    SystemPurpose.MONITORING,
                    c -> query(c, "select count(*) from tenant.plugin_storage")))
        .hasStackTraceContaining("permission denied");
    assertThatThrownBy(
            () ->
                transactions.system(
                    SystemPurpose.MONITORING,
                    c -> query(c, "select count(result) from tenant.idempotency")))
        .hasStackTraceContaining("permission denied");
  }

  @Test
  void appShouldReadEpochsAndNothingElseOfThePlatform() {
    int epochs =
        transactions.call(tenant, tx -> query(tx.connection(), "select 1 from platform.epoch"));
    assertThat(epochs).isZero();
    assertThatThrownBy(
            () ->
                transactions.call(
                    tenant, tx -> query(tx.connection(), "select count(*) from platform.node")))
        .hasStackTraceContaining("permission denied");
  }

  private static int insert(Connection connection, TenantContext owner, String key)
      throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into tenant.plugin_storage values (?, 'p', ?, ''::bytea, 1)")) {
      statement.setObject(1, owner.tenantId());
      statement.setString(2, key);
      return statement.executeUpdate();
    }
  }

  private static int lock(Connection connection) throws SQLException {
    return query(connection, "select 1 from tenant.plugin_storage for update");
  }

  private static void end(Connection connection) throws SQLException {
    int pid = query(connection, "select pg_backend_pid()");
    try (Connection owner = DATABASE.asSuperuser()) {
      execute(owner, "select pg_terminate_backend(" + pid + ", 5000)");
    }
  }

  private int count(TenantContext context) {
    return transactions.call(context, tx -> count(tx.connection()));
  }

  private static int count(Connection connection) throws SQLException {
    return query(connection, "select count(*) from tenant.plugin_storage");
  }

  private static int query(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
