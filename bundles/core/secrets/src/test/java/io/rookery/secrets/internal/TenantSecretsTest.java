// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.rookery.events.EventLog;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.spi.secrets.SecretMetadata;
import io.rookery.spi.secrets.SecretPath;
import io.rookery.spi.secrets.SecretStore;
import io.rookery.spi.secrets.SecretVersion;
import io.rookery.spi.secrets.StoreStatus;
import io.rookery.testkit.secrets.MemorySecretStore;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantSecretsTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "secrets");

  private final MemorySecretStore store = new MemorySecretStore();
  private final ConfiguredStore stores = new ConfiguredStore("memory", null);
  private final TenantContext tenant = DATABASE.tenant();
  private TenantSecrets secrets;

  @BeforeEach
  void begin() {
    stores.addStore(store, properties("memory", "1", 1));
    secrets = secrets(new EventLogService(() -> 1, null));
  }

  private TenantSecrets secrets(EventLog log) {
    return new TenantSecrets(stores, DATABASE.transactions(), log, Clock.systemUTC());
  }

  private static Map<String, Object> properties(String name, String version, long id) {
    return Map.of("store", name, "version", version, "service.id", id);
  }

  private static SecretData data(String value) {
    return new SecretData(Map.of("password", Secret.of(value)));
  }

  private static void assertFails(ErrorCode code, ThrowingCallable call) {
    assertThatExceptionOfType(RookeryException.class)
        .isThrownBy(call)
        .satisfies(e -> assertThat(e.code()).isEqualTo(code));
  }

  private List<String> events() {
    return DATABASE
        .transactions()
        .call(
            tenant,
            tx -> {
              try (PreparedStatement query =
                      tx.connection()
                          .prepareStatement(
                              "select type, data->>'purpose', coalesce(data->>'reference', '-'),"
                                  + " coalesce(data->>'reason', '') from tenant.event order by id");
                  ResultSet rows = query.executeQuery()) {
                List<String> found = new ArrayList<>();
                while (rows.next()) {
                  found.add(
                      String.join(
                              " ",
                              rows.getString(1),
                              rows.getString(2),
                              rows.getString(3),
                              rows.getString(4))
                          .strip());
                }
                return found;
              }
            });
  }

  @Test
  void ofTwoThatKnowTheSameVersionOneShouldReplaceIt() {
    assertThat(secrets.replace(tenant, "oauth/one", 0, data("one"), "consent")).isEqualTo(1);
    SecretVersion known = secrets.readVersion(tenant, "oauth/one", "renew");
    assertThat(known.number()).isEqualTo(1);
    assertThat(secrets.replace(tenant, "oauth/one", 1, data("two"), "renew")).isEqualTo(2);
    assertFails(
        CommonErrors.CONFLICT,
        () -> secrets.replace(tenant, "oauth/one", known.number(), data("three"), "renew"));
    assertFails(
        CommonErrors.CONFLICT,
        () -> secrets.replace(tenant, "oauth/one", 0, data("three"), "renew"));
    assertThat(secrets.read(tenant, "oauth/one", "renew")).isEqualTo(data("two"));
    assertThat(events()).contains("secret.failed renew oauth/one conflict");
  }

  @Test
  void versionsShouldBeReadAndDestroyedByTheirNumber() {
    secrets.write(tenant, "ssh/one", data("one"), "make");
    secrets.write(tenant, "ssh/one", data("two"), "make");
    assertThat(secrets.readVersion(tenant, "ssh/one", 1, "sign_in").data()).isEqualTo(data("one"));
    secrets.destroy(tenant, "ssh/one", Set.of(1, 9), "retire");
    assertFails(CommonErrors.NOT_FOUND, () -> secrets.readVersion(tenant, "ssh/one", 1, "sign_in"));
    assertThat(secrets.readVersion(tenant, "ssh/one", 2, "sign_in").data()).isEqualTo(data("two"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> secrets.readVersion(tenant, "ssh/one", 0, "sign_in"));
    assertThat(events()).contains("secret.destroyed retire ssh/one");
  }

  @Test
  void theOperatorsSecretsShouldBeReadInWhoseNameTheyAreUsed() {
    OperatorSecrets operator =
        new OperatorSecrets(stores, DATABASE.transactions(), new EventLogService(() -> 1, null));
    assertThat(operator.write(DATABASE.tenant(), "oauth/acme", data("c"), "client")).isEqualTo(1);
    assertThat(operator.read(tenant, "oauth/acme", "renew")).isEqualTo(data("c"));
    assertThat(events()).containsExactly("secret.read renew platform/oauth/acme");
    assertFails(CommonErrors.NOT_FOUND, () -> operator.read(tenant, "oauth/none", "renew"));
    assertFails(CommonErrors.NOT_FOUND, () -> secrets.read(tenant, "oauth/acme", "renew"));
    store.setStatus(StoreStatus.SEALED);
    assertFails(CommonErrors.UNAVAILABLE, () -> operator.read(tenant, "oauth/acme", "renew"));
  }

  @Test
  void theOperatorsSecretsShouldBePurgedAndThatBeTold() {
    OperatorSecrets operator =
        new OperatorSecrets(stores, DATABASE.transactions(), new EventLogService(() -> 1, null));
    operator.write(tenant, "totp/one", data("c"), "totp.enrol");
    operator.purge(tenant, "totp/one", "totp.remove");
    operator.purge(tenant, "totp/one", "totp.remove");
    assertFails(CommonErrors.NOT_FOUND, () -> operator.read(tenant, "totp/one", "totp.verify"));
    assertThat(events())
        .containsExactly(
            "secret.written totp.enrol platform/totp/one",
            "secret.purged totp.remove platform/totp/one");
    store.setStatus(StoreStatus.SEALED);
    assertFails(CommonErrors.UNAVAILABLE, () -> operator.purge(tenant, "totp/one", "totp.remove"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {"keys/api-key", "oauth/../keys/api-key", "oauth", "oauth/", "oauth/a/b", "", "/"})
  void noReferenceShouldLeadToThePlatformsKeys(String reference) {
    OperatorSecrets operator =
        new OperatorSecrets(stores, DATABASE.transactions(), new EventLogService(() -> 1, null));
    assertFails(CommonErrors.VALIDATION_FAILED, () -> operator.read(tenant, reference, "renew"));
    assertFails(
        CommonErrors.VALIDATION_FAILED,
        () -> operator.write(tenant, reference, data("c"), "client"));
    assertFails(CommonErrors.VALIDATION_FAILED, () -> operator.purge(tenant, reference, "client"));
  }

  @Test
  void everyAccessShouldLeaveAnEvent() {
    assertThat(secrets.write(tenant, "smtp/main", data("one"), "connect")).isEqualTo(1);
    assertThat(secrets.write(tenant, "smtp/main", data("two"), "rotate")).isEqualTo(2);
    assertThat(secrets.read(tenant, "smtp/main", "send")).isEqualTo(data("two"));
    secrets.purge(tenant, "smtp/main", "remove");
    secrets.purge(tenant, "smtp/main", "remove");
    assertFails(CommonErrors.NOT_FOUND, () -> secrets.read(tenant, "smtp/main", "send"));
    assertThat(events())
        .containsExactly(
            "secret.written connect smtp/main",
            "secret.written rotate smtp/main",
            "secret.read send smtp/main",
            "secret.purged remove smtp/main",
            "secret.failed send smtp/main not_found");
  }

  @Test
  void addressShouldNotReachTheLog() {
    secrets.write(tenant, "smtp/ann@example.org", data("one"), "connect");
    assertThat(events()).containsExactly("secret.written connect -");
  }

  @Test
  void secretShouldStandInTheTenantsFolder() {
    secrets.write(tenant, "smtp/main", data("one"), "connect");
    assertThat(store.list(SecretPath.tenant(tenant.tenantId())))
        .containsExactly(SecretPath.tenant(tenant.tenantId(), "smtp/main"));
    assertThat(secrets.list(tenant))
        .extracting(SecretMetadata::path)
        .containsExactly(SecretPath.tenant(tenant.tenantId(), "smtp/main"));
    TenantContext other = DATABASE.tenant();
    assertThat(secrets.list(other)).isEmpty();
    assertFails(CommonErrors.NOT_FOUND, () -> secrets.read(other, "smtp/main", "send"));
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(
      strings = {
        "",
        "/",
        "..",
        "../x",
        "a/../../x",
        "a//b",
        "/a",
        "a/",
        "a/./b",
        "a b",
        "a\n",
        "a%2fb",
        "a\\b"
      })
  void referenceShouldNotLeadOutOfTheFolder(String reference) {
    assertFails(CommonErrors.VALIDATION_FAILED, () -> secrets.read(tenant, reference, "send"));
    assertFails(
        CommonErrors.VALIDATION_FAILED, () -> secrets.write(tenant, reference, data("x"), "send"));
    assertFails(CommonErrors.VALIDATION_FAILED, () -> secrets.purge(tenant, reference, "send"));
  }

  @Test
  void readShouldFailWhereItCannotBeRecorded() {
    secrets.write(tenant, "smtp/main", data("one"), "connect");
    EventLog broken =
        (tx, events) -> {
          throw RookeryException.unavailable("No log", Duration.ofSeconds(1), null);
        };
    TenantSecrets unheard = secrets(broken);
    assertFails(CommonErrors.UNAVAILABLE, () -> unheard.read(tenant, "smtp/main", "send"));
    assertFails(CommonErrors.UNAVAILABLE, () -> unheard.write(tenant, "smtp/main", data("x"), "x"));
    assertFails(CommonErrors.UNAVAILABLE, () -> unheard.purge(tenant, "smtp/main", "x"));
    assertThat(store.list(SecretPath.tenant(tenant.tenantId()))).hasSize(1);
  }

  @Test
  void sealedStoreShouldAnswerUnavailableWithAWait() {
    store.setStatus(StoreStatus.SEALED);
    assertThat(secrets.status()).isEqualTo(StoreStatus.SEALED);
    for (ThrowingCallable call :
        List.<ThrowingCallable>of(
            () -> secrets.read(tenant, "smtp/main", "send"),
            () -> secrets.write(tenant, "smtp/main", data("x"), "send"),
            () -> secrets.purge(tenant, "smtp/main", "send"),
            () -> secrets.list(tenant))) {
      assertThatExceptionOfType(RookeryException.class)
          .isThrownBy(call)
          .satisfies(
              e -> {
                assertThat(e.code()).isEqualTo(CommonErrors.UNAVAILABLE);
                assertThat(e.retryAfter()).isPositive();
              });
    }
    assertThat(events()).contains("secret.failed send smtp/main sealed");
    store.setStatus(StoreStatus.READY);
    assertThat(secrets.write(tenant, "smtp/main", data("x"), "send")).isEqualTo(1);
  }

  @Test
  void missingStoreShouldAnswerUnavailable() {
    stores.removeStore(store);
    assertThat(secrets.status()).isEqualTo(StoreStatus.UNREACHABLE);
    assertFails(CommonErrors.UNAVAILABLE, () -> secrets.read(tenant, "smtp/main", "send"));
    stores.addStore(store, properties("memory", "1", 9));
    assertThat(secrets.status()).isEqualTo(StoreStatus.READY);
  }

  @Test
  void newerVersionOfTheStoreShouldBeTaken() {
    SecretStore newer = new MemorySecretStore();
    SecretStore foreign = new MemorySecretStore();
    stores.addStore(newer, properties("memory", "1.10", 2));
    stores.addStore(foreign, properties("vault", "7", 3));
    assertThat(stores.get()).isSameAs(newer);
    stores.removeStore(newer);
    assertThat(stores.get()).isSameAs(store);
  }

  @Test
  void hugeSecretShouldBeRefused() {
    assertFails(
        CommonErrors.VALIDATION_FAILED,
        () -> secrets.write(tenant, "smtp/main", data("x".repeat(64 * 1024 + 1)), "send"));
  }

  @Test
  void purposeShouldBeAWord() {
    for (String purpose : new String[] {null, "", "Ann Smith", "a".repeat(65)}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> secrets.read(tenant, "smtp/main", purpose));
    }
  }

  @Test
  void subjectShouldBeTheSameForOnePath() {
    SecretPath path = SecretPath.tenant(UUID.randomUUID(), "smtp/main");
    assertThat(SecretEvents.subject(path)).isEqualTo(SecretEvents.subject(path));
  }
}
