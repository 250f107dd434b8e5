// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.rookery.api.secrets.SecretCatalogue.Entry;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.secrets.internal.seal.TenantSealsImpl;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.StoreStatus;
import io.rookery.testkit.secrets.MemorySecretStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.util.Map;
import java.util.Set;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class SecretCatalogueImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "secrets");

  private final MemorySecretStore store = new MemorySecretStore();
  private final EventLogService log = new EventLogService(() -> 1, null);
  private final ConfiguredStore stores = ConfiguredStore.of(store);
  private final TenantContext tenant = DATABASE.tenant();
  private final SecretCatalogueImpl catalogue =
      new SecretCatalogueImpl(stores, DATABASE.transactions(), log);
  private final TenantSecrets secrets = new TenantSecrets(stores, DATABASE.transactions(), log);

  private Entry write(String reference, int versions) {
    for (int i = 0; i < versions; i++) {
      SecretData data = new SecretData(Map.of("password", Secret.of("value " + i)));
      secrets.write(tenant, reference, data, "set");
    }
    return catalogue.get(
        tenant, SecretEvents.subject(SecretPath.tenant(tenant.tenantId(), reference)));
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).as(e.getMessage()).isEqualTo(code));
  }

  private int events(String type) {
    return DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              String sql =
                  "select count(*) from tenant.event where type = ? and data->>'purpose' ="
                      + " 'catalogue'";
              try (PreparedStatement query = tx.connection().prepareStatement(sql)) {
                query.setString(1, type);
                try (ResultSet row = query.executeQuery()) {
                  row.next();
                  return row.getInt(1);
                }
              }
            });
  }

  @Test
  void secretsShouldBeListedInPagesWithoutTheirValues() {
    write("smtp/b", 1);
    write("dkim/a.example/s1", 2);
    write("smtp/a", 3);
    Page<Entry> first = catalogue.list(tenant, new PageRequest(2, null));
    assertThat(first.items())
        .extracting(Entry::reference)
        .containsExactly("dkim/a.example/s1", "smtp/a");
    assertThat(first.items()).extracting(Entry::kind).containsExactly("dkim", "smtp");
    assertThat(first.items().get(1).currentVersion()).isEqualTo(3);
    assertThat(first.items().get(1).versions()).hasSize(3);
    assertThat(first.items().get(1).createdAt())
        .isEqualTo(first.items().get(1).versions().get(2).createdAt());
    assertThat(first.toString()).doesNotContain("value");
    Page<Entry> second = catalogue.list(tenant, new PageRequest(2, first.next()));
    assertThat(second.items()).extracting(Entry::reference).containsExactly("smtp/b");
    assertThat(second.next()).isNull();
    assertFails(
        CommonErrors.INVALID_REQUEST,
        () -> catalogue.list(tenant, new PageRequest(2, "no cursor")));
    assertThat(catalogue.list(DATABASE.tenant(), PageRequest.FIRST).items()).isEmpty();
  }

  @Test
  void versionsShouldBeShownWithTheIncidentThatCompromisedThem() {
    Entry entry = write("smtp/a", 2);
    write("smtp/b", 1);
    catalogue.addCompromised(tx -> Map.of("smtp/a", Map.of(1, "INC-7")));
    catalogue.addCompromised(tx -> Map.of("smtp/a", Map.of(2, "INC-8"), "ssh/x", Map.of(1, "I")));
    assertThat(catalogue.get(tenant, entry.id()).incidents())
        .isEqualTo(Map.of(1, "INC-7", 2, "INC-8"));
    assertThat(catalogue.list(tenant, PageRequest.FIRST).items())
        .extracting(Entry::incidents)
        .containsExactly(Map.of(1, "INC-7", 2, "INC-8"), Map.of());
  }

  @Test
  void aVersionShouldBeDeletedAndPutBack() {
    Entry entry = write("smtp/a", 2);
    assertThat(catalogue.delete(tenant, entry.id(), 1).versions().get(0).deletedAt()).isNotNull();
    assertFails(CommonErrors.NOT_FOUND, () -> secrets.readVersion(tenant, "smtp/a", 1, "send"));
    assertThat(catalogue.undelete(tenant, entry.id(), 1).versions().get(0).deletedAt()).isNull();
    assertThat(secrets.readVersion(tenant, "smtp/a", 1, "send").number()).isEqualTo(1);
    assertThat(events("secret.deleted")).isEqualTo(1);
    assertThat(events("secret.undeleted")).isEqualTo(1);
  }

  @Test
  void whatIsNotThereOrAnothersShouldNotBeFound() {
    Entry entry = write("smtp/a", 2);
    store.destroy(SecretPath.tenant(tenant.tenantId(), "smtp/a"), Set.of(2));
    TenantContext other = DATABASE.tenant();
    assertFails(CommonErrors.NOT_FOUND, () -> catalogue.get(other, entry.id()));
    assertFails(CommonErrors.NOT_FOUND, () -> catalogue.delete(other, entry.id(), 1));
    assertFails(CommonErrors.NOT_FOUND, () -> catalogue.undelete(other, entry.id(), 1));
    assertFails(CommonErrors.NOT_FOUND, () -> catalogue.get(tenant, Uuids.next()));
    assertFails(CommonErrors.NOT_FOUND, () -> catalogue.delete(tenant, entry.id(), 7));
    assertFails(CommonErrors.WRONG_STATE, () -> catalogue.delete(tenant, entry.id(), 2));
    assertThat(events("secret.deleted")).isZero();
  }

  @Test
  void aSealedTenantShouldPutNothingBackAndASealedStoreBeWaitedFor() {
    Entry entry = write("smtp/a", 1);
    new TenantSealsImpl(DATABASE.transactions(), log, DATABASE.epochs()).seal(tenant, "Found");
    catalogue.delete(tenant, entry.id(), 1);
    assertFails(CommonErrors.UNAVAILABLE, () -> catalogue.undelete(tenant, entry.id(), 1));
    store.setStatus(StoreStatus.SEALED);
    assertFails(CommonErrors.UNAVAILABLE, () -> catalogue.list(tenant, PageRequest.FIRST));
    assertFails(CommonErrors.UNAVAILABLE, () -> catalogue.get(tenant, entry.id()));
  }
}
