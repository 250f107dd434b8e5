// SPDX-License-Identifier: Apache-2.0
package io.rookery.contacts.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.contacts.ContactService.Filter;
import io.rookery.api.contacts.ImportService.ContactImport;
import io.rookery.api.contacts.ImportService.ImportRequest;
import io.rookery.contacts.internal.imports.ImportJob;
import io.rookery.contacts.internal.store.AttributeTokens;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** How the database finds contacts once there are many. */
class ImportPlansTest {

  @RegisterExtension static final TestDatabase DATABASE = TestDatabase.withAreas("contacts");

  private static final ImportRequest REQUEST =
      new ImportRequest("contacts.csv", null, Map.of(), null, true);

  private final Neighbours neighbours = new Neighbours();
  private final TenantContext tenant = DATABASE.tenant();
  private final ImportServiceImpl imports =
      new ImportServiceImpl(
          DATABASE.transactions(), new Neighbours.Jobs(), Clock.systemUTC(), 100_000_000);
  private final ContactServiceImpl contacts =
      new ContactServiceImpl(
          DATABASE.transactions(), neighbours.log(), Neighbours.keys(), Clock.systemUTC());

  @Test
  void hotQueriesUseTheirIndex() throws Exception {
    byte[] csv = GeneratedContacts.csv(100_000).getBytes(StandardCharsets.UTF_8);
    ContactImport started = imports.start(tenant, REQUEST, new ByteArrayInputStream(csv));
    job().run(Neighbours.Run.of(tenant, started.id(), 0));
    assertThat(imports.get(tenant, started.id()).counts().created()).isEqualTo(100_000);
    try (Connection owner = DATABASE.owner();
        Statement statement = owner.createStatement()) {
      statement.execute("analyze");
    }
    UUID id =
        contacts
            .list(tenant, new Filter(null, "user77@example.com", null), PageRequest.FIRST)
            .items()
            .get(0)
            .id();
    String t = "tenant_id = '" + tenant.tenantId() + "'";
    assertThat(
            plan(
                "select * from tenant.contact where "
                    + t
                    + " and email_normalised = 'user77@example.com'"))
        .contains("contact_tenant_id_email_normalised_key")
        .doesNotContain("Seq Scan");
    assertThat(
            plan(
                "select * from tenant.contact where "
                    + t
                    + " and id > '"
                    + id
                    + "' order by id limit 50"))
        .contains("contact_pkey")
        .doesNotContain("Seq Scan");
    assertThat(
            plan(
                "select contact_id from tenant.contact_attribute where "
                    + t
                    + " and token = "
                    + new AttributeTokens().of("city", "City 7")))
        .contains("contact_attribute_pkey")
        .doesNotContain("Seq Scan");
    assertThat(
            plan(
                "select * from tenant.contacts_audience_v1 where "
                    + t
                    + " and contact_id = '"
                    + id
                    + "'"))
        .contains("contact_pkey")
        .doesNotContain("Seq Scan on contact");
  }

  private String plan(String sql) throws SQLException {
    StringBuilder plan = new StringBuilder();
    try (Connection app = DATABASE.asApp(tenant);
        Statement statement = app.createStatement();
        ResultSet rows = statement.executeQuery("explain " + sql)) {
      while (rows.next()) {
        plan.append(rows.getString(1)).append('\n');
      }
    }
    return plan.toString();
  }

  private ImportJob job() {
    return new ImportJob(
        DATABASE.transactions(), neighbours.log(), Neighbours.keys(), Clock.systemUTC(), 10_000);
  }
}
