// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.rookery.kernel.Actor;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.CatalogueRules;
import io.rookery.persistence.test.TestDatabase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

class AuditChainTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  @TempDir Path folder;

  private AuditWorld world;

  @BeforeEach
  void open() throws Exception {
    world = new AuditWorld(DATABASE, folder);
  }

  @Test
  void theTablesShouldKeepTheRules() throws Exception {
    assertThat(CatalogueRules.violations(DATABASE)).isEmpty();
  }

  @Test
  void eachDeedShouldBeChainedOnceAndNoFate() throws Exception {
    world.happen(world.tenant, "contact.created");
    world.happen(world.tenant, "message.accepted");
    world.happen(world.tenant, "campaign.start_refused");
    world.happen(world.tenant, "secret.failed");
    world.read(world.tenant, 3);

    assertThat(
            world.rows(
                "select type || ' ' || outcome from tenant.audit_entry"
                    + " where tenant_id = %s order by seq"))
        .containsExactly(
            "contact.created done", "campaign.start_refused refused", "secret.failed failed");
    assertThat(world.rows("select data from tenant.audit_entry where tenant_id = %s and seq = 1"))
        .containsExactly("{\"c\":\"x\\\"y\",\"n\":1}");
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void theAddressShouldStandInTheAuditLogAlone() throws Exception {
    world.happen(world.tenant, 2);
    assertThat(world.rows("select source from tenant.audit_source where tenant_id = %s"))
        .containsExactly(AuditWorld.ADDRESS, AuditWorld.ADDRESS);
    world.read(world.tenant, 2);

    assertThat(world.rows("select source from tenant.audit_source where tenant_id = %s")).isEmpty();
    assertThat(world.rows("select source from tenant.audit_entry where tenant_id = %s"))
        .containsExactly(AuditWorld.ADDRESS, AuditWorld.ADDRESS);
    assertThat(world.rows("select e::text from tenant.event e where tenant_id = %s"))
        .noneMatch(row -> row.contains(AuditWorld.ADDRESS));
    assertThat(world.tenant.toString()).doesNotContain(AuditWorld.ADDRESS);
  }

  @Test
  void whoComesFromNoAddressShouldBeNamedByWhereTheyAre() throws Exception {
    UUID id = world.tenant.tenantId();
    world.happen(TenantContext.of(id, new Actor(Actor.Kind.OPERATOR, "karaf")), "a.done");
    world.happen(TenantContext.of(id, Actor.system("sending")), "b.done");
    world.happen(TenantContext.of(id, new Actor(Actor.Kind.PUBLIC, "link")), "c.done");
    world.read(world.tenant, 3);

    assertThat(
            world.rows(
                "select coalesce(source, '-') from tenant.audit_entry"
                    + " where tenant_id = %s order by seq"))
        .containsExactly("shell", "platform", "-");
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void anAddressThatIsForgottenShouldLeaveTheChainWhole() throws Exception {
    world.chain(3);
    world.owner(
        "update tenant.audit_entry set source = null, source_salt = null where tenant_id = %s");

    assertThat(world.findings()).isEmpty();
  }

  @Test
  void whatIsReadAgainShouldNotBeChainedAgain() throws Exception {
    world.chain(5);
    world.owner(
        "delete from tenant.reader_position where tenant_id = %s",
        "delete from platform.reader_cursor");
    world.happen(world.tenant, 2);
    world.read(world.tenant, 7);

    assertThat(
            world.rows(
                "select count(distinct event_id) || ' of ' || count(*)"
                    + " from tenant.audit_entry where tenant_id = %s"))
        .containsExactly("7 of 7");
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void aRestoredDatabaseShouldGoOnWithTheChainAndDoubleNothing() throws Exception {
    world.chain(4);
    world.raiseIncarnation();
    world.chain(3);

    assertThat(
            world.rows(
                "select count(distinct event_id) || ' of ' || count(*)"
                    + " from tenant.audit_entry where tenant_id = %s"))
        .containsExactly("7 of 7");
    assertThat(world.findings()).isEmpty();
  }

  @Test
  void theChainsOfTenantsShouldBeTheirOwn() throws Exception {
    TenantContext other = AuditWorld.tenant();
    world.happen(world.tenant, 2);
    world.happen(other, 3);
    world.read(world.tenant, 2);
    world.read(other, 3);

    assertThat(world.rows("select max(seq)::text from tenant.audit_entry where tenant_id = %s"))
        .containsExactly("2");
    try (Connection app = DATABASE.asApp(other);
        Statement statement = app.createStatement();
        ResultSet row = statement.executeQuery("select count(*) from tenant.audit_entry")) {
      row.next();
      assertThat(row.getLong(1)).isEqualTo(3);
    }
  }

  @Test
  void nobodyWhoWorksShouldChangeWhatWasChained() throws Exception {
    world.chain(2);
    try (Connection app = DATABASE.asApp(world.tenant);
        Connection system = DATABASE.asSystem()) {
      for (String sql :
          List.of(
              "update tenant.audit_entry set type = 'x.y'",
              "update tenant.audit_entry set hash = ''",
              "delete from tenant.audit_entry",
              "delete from tenant.audit_chain")) {
        assertThatThrownBy(() -> execute(app, sql)).hasMessageContaining("permission denied");
      }
      for (String sql :
          List.of(
              "update tenant.audit_entry set type = 'x.y'",
              "select source from tenant.audit_entry",
              "insert into tenant.audit_entry (tenant_id) values (null)")) {
        assertThatThrownBy(() -> execute(system, sql)).hasMessageContaining("permission denied");
      }
    }
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
