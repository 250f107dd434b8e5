// SPDX-License-Identifier: Apache-2.0
package io.rookery.persistence.internal.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Select;
import io.rookery.persistence.Transactions;
import io.rookery.persistence.test.TestDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SingleReadTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas();

  /** The driver prepares a statement on the server with its fifth run, the server plans anew. */
  private static final int OFTEN = 25;

  private final Transactions transactions = DATABASE.transactions();
  private final TenantContext tenant = DATABASE.tenant();
  private final TenantContext other = DATABASE.tenant();

  @BeforeEach
  void insertOneRowEach() {
    for (TenantContext owner : List.of(tenant, other)) {
      transactions.call(owner, tx -> insert(tx.connection(), owner));
    }
  }

  @Test
  void readShouldFindRowsOfItsTenantAlone() {
    Select<String> all = text("select key from tenant.plugin_storage where plugin = ?", "p");
    for (int i = 0; i < OFTEN; i++) {
      assertThat(transactions.readByIndex(tenant, all)).containsExactly(key(tenant));
      assertThat(transactions.readByIndex(other, all)).containsExactly(key(other));
      assertThat(transactions.readByIndex(tenant, of(other))).isEmpty();
    }
  }

  @Test
  void settingAndStatementShouldStayOneTransactionHoweverOftenTheyRun() {
    for (int i = 0; i < OFTEN; i++) {
      assertThat(transactions.readByIndex(tenant, setting("nile.tenant_id")))
          .containsExactly(tenant.tenantId().toString());
    }
  }

  @Test
  void pooledConnectionShouldForgetTheTenant() throws SQLException {
    TenantContext restricted = tenant.in(Set.of(UUID.randomUUID()));
    for (int i = 0; i < OFTEN; i++) {
      transactions.readByIndex(restricted, of(tenant));
      assertForgotten();
    }
  }

  @Test
  void pooledConnectionShouldForgetTheTenantOfAReadThatFailed() throws SQLException {
    for (int i = 0; i < OFTEN; i++) {
      assertThatThrownBy(
              () ->
                  transactions.readByIndex(
                      tenant, text("select (1 / length(?))::text from tenant.plugin_storage", "")))
          .isInstanceOf(RookeryException.class)
          .extracting(e -> ((RookeryException) e).code())
          .isEqualTo(CommonErrors.INTERNAL);
      assertForgotten();
    }
    assertThat(transactions.readByIndex(tenant, of(tenant))).containsExactly(key(tenant));
  }

  @Test
  void readShouldTellTheDatabaseOfWorkspacesOnlyWhereThereAreSome() {
    UUID workspace = UUID.randomUUID();
    TenantContext restricted = tenant.in(Set.of(workspace));
    Select<String> workspaces = setting("rookery.workspaces");
    for (int i = 0; i < OFTEN; i++) {
      assertThat(transactions.readByIndex(restricted, workspaces))
          .containsExactly("{" + workspace + "}");
      assertThat(transactions.readByIndex(tenant, workspaces)).containsExactly("");
    }
  }

  @Test
  void readShouldTakeIndexesAndKeepItsPlan() {
    assertThat(transactions.readByIndex(tenant, setting("enable_seqscan"))).containsExactly("off");
    assertThat(transactions.readByIndex(tenant, setting("plan_cache_mode")))
        .containsExactly("auto");
    assertThat(transactions.<String>call(tenant, tx -> seqscan(tx.connection()))).isEqualTo("on");
  }

  @Test
  void readShouldRunByAPlanThatTheServerKept() {
    for (int i = 0; i < OFTEN; i++) {
      transactions.readByIndex(tenant, of(tenant));
    }
    String kept =
        "select coalesce(sum(generic_plans), 0)::text from pg_prepared_statements"
            + " where statement like ?";
    assertThat(transactions.readByIndex(tenant, text(kept, "%select key from %")))
        .singleElement()
        .asString()
        .isNotEqualTo("0");
  }

  @Test
  void readShouldRefuseAMissingTenantAndToNest() {
    assertThatThrownBy(() -> transactions.readByIndex(null, of(tenant)))
        .isInstanceOf(NullPointerException.class);
    assertThatThrownBy(
            () -> transactions.call(tenant, tx -> transactions.readByIndex(tenant, of(tenant))))
        .hasRootCauseInstanceOf(IllegalStateException.class);
  }

  @Test
  void readShouldRefuseARoleThatSeesAll() {
    assertThatThrownBy(() -> SingleRead.run(DATABASE.systemDataSource(), tenant, setting("role")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("rookery_app");
  }

  @Test
  void selectShouldRefuseValuesOfUnknownType() {
    assertThatThrownBy(() -> new Select<>("select ?", List.of(Instant.EPOCH), row -> null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Select<String> of(TenantContext owner) {
    return text("select key from tenant.plugin_storage where key = ?", key(owner));
  }

  private static Select<String> setting(String name) {
    return text("select coalesce(current_setting(?, true), '')", name);
  }

  private static Select<String> text(String sql, Object value) {
    return new Select<>(sql, List.of(value), row -> row.getString(1));
  }

  private static String key(TenantContext owner) {
    return "of " + owner.tenantId();
  }

  private static int insert(Connection connection, TenantContext owner) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(
            "insert into tenant.plugin_storage values (?, 'p', ?, ''::bytea, 1)")) {
      statement.setObject(1, owner.tenantId());
      statement.setString(2, key(owner));
      return statement.executeUpdate();
    }
  }

  private static String seqscan(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("show enable_seqscan")) {
      row.next();
      return row.getString(1);
    }
  }

  private static void assertForgotten() throws SQLException {
    try (Connection connection = DATABASE.appDataSource().getConnection();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select coalesce(current_setting('nile.tenant_id', true), '')"
                    + " || coalesce(current_setting('rookery.workspaces', true), '')"
                    + " || (select count(*) from tenant.plugin_storage)")) {
      row.next();
      assertThat(row.getString(1)).isEqualTo("0");
    }
  }
}
