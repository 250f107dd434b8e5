// SPDX-License-Identifier: Apache-2.0
package io.rookery.secrets.internal.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.rookery.api.secrets.CredentialTopics;
import io.rookery.api.secrets.TenantSeals.Seal;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.ErrorCode;
import io.rookery.kernel.IdempotencyKey;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.test.TestDatabase;
import io.rookery.secrets.internal.ConfiguredStore;
import io.rookery.secrets.internal.TenantSecrets;
import io.rookery.spi.plugin.Secret;
import io.rookery.spi.secrets.SecretData;
import io.rookery.testkit.secrets.MemorySecretStore;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantSealsImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "secrets");

  private final TenantContext tenant =
      TenantContext.of(DATABASE.tenant().tenantId(), new Actor(Actor.Kind.OPERATOR, "shell"));
  private final EventLogService log = new EventLogService(() -> 1, null);
  private final TenantSealsImpl seals =
      new TenantSealsImpl(DATABASE.transactions(), log, DATABASE.epochs());
  private final TenantSecrets secrets =
      new TenantSecrets(ConfiguredStore.of(new MemorySecretStore()), DATABASE.transactions(), log);

  @Test
  void theSecretsOfASealedTenantShouldNotBeHad() {
    secrets.write(tenant, "smtp/one", data("one"), "set");
    TenantContext other = DATABASE.tenant();
    secrets.write(other, "smtp/one", data("theirs"), "set");

    Seal seal = seals.seal(tenant, "Its key was found in public");
    assertThat(seals.find(tenant)).contains(seal);
    assertThat(seal.sealedBy()).isEqualTo("operator:shell");
    assertWaits(() -> secrets.read(tenant, "smtp/one", "send"));
    assertWaits(() -> secrets.readVersion(tenant, "smtp/one", 1, "send"));
    assertWaits(() -> secrets.write(tenant, "smtp/one", data("two"), "set"));
    assertWaits(() -> secrets.replace(tenant, "smtp/one", 1, data("two"), "set"));
    assertThat(secrets.list(tenant)).hasSize(1);
    assertThat(secrets.read(other, "smtp/one", "send").fields().get("password").reveal())
        .isEqualTo("theirs");
    assertThat(events("secret.failed")).hasSize(4).allMatch("tenant_sealed"::equals);

    assertThat(seals.unseal(tenant)).isTrue();
    assertThat(secrets.read(tenant, "smtp/one", "send").fields().get("password").reveal())
        .isEqualTo("one");
    assertThat(seals.find(tenant)).isEmpty();
    assertThat(events("tenant.sealed")).hasSize(1);
    assertThat(events("tenant.unsealed")).hasSize(1);
  }

  @Test
  void whatIsErasedShouldGoFromASealedTenantToo() {
    secrets.write(tenant, "smtp/one", data("one"), "set");
    secrets.write(tenant, "smtp/two", data("one"), "set");
    seals.seal(tenant, "Gone");
    secrets.destroy(tenant, "smtp/one", Set.of(1), "erase");
    secrets.purge(tenant, "smtp/two", "erase");
    assertThat(secrets.list(tenant)).hasSize(1);
  }

  @Test
  void anotherNodeShouldLearnOfItWithinTwoSeconds() {
    Epochs another = DATABASE.epochsOfAnotherNode();
    assertThat(another.current(tenant.tenantId(), CredentialTopics.ALL)).isZero();
    seals.seal(tenant, "Gone");
    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> another.current(tenant.tenantId(), CredentialTopics.ALL) == 1);
    seals.unseal(tenant);
    await()
        .atMost(Duration.ofSeconds(3))
        .until(() -> another.current(tenant.tenantId(), CredentialTopics.ALL) == 2);
  }

  @Test
  void repeatingShouldChangeNothing() {
    Seal first = seals.seal(tenant, "First");
    assertThat(seals.seal(tenant, "Second")).isEqualTo(first);
    TenantContext keyed = tenant.with(new IdempotencyKey("key", "print"));
    assertThat(seals.unseal(keyed)).isTrue();
    assertThat(seals.unseal(tenant)).isFalse();
    assertThat(seals.unseal(keyed)).isTrue();
    assertThat(events("tenant.sealed")).hasSize(1);
    assertThat(events("tenant.unsealed")).hasSize(1);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "  "})
  void aSealShouldNeedAReason(String reason) {
    assertThatThrownBy(() -> seals.seal(tenant, reason))
        .satisfies(is(CommonErrors.VALIDATION_FAILED));
    assertThatThrownBy(() -> seals.seal(tenant, "r".repeat(201)))
        .satisfies(is(CommonErrors.VALIDATION_FAILED));
  }

  private static void assertWaits(ThrowingCallable call) {
    assertThatThrownBy(call)
        .satisfies(is(CommonErrors.UNAVAILABLE))
        .isInstanceOfSatisfying(
            RookeryException.class, e -> assertThat(e.retryAfter()).isPositive());
  }

  private static Consumer<Throwable> is(ErrorCode code) {
    return thrown -> assertThat(((RookeryException) thrown).code()).isEqualTo(code);
  }

  private static SecretData data(String value) {
    return new SecretData(Map.of("password", Secret.of(value)));
  }

  /** Returns the reasons of the tenant's events of a type. */
  private List<String> events(String type) {
    return DATABASE.transactions().call(tenant, tx -> events(tx.connection(), type));
  }

  private static List<String> events(Connection connection, String type) throws SQLException {
    String sql = "select coalesce(data->>'reason', '') from tenant.event where type = ?";
    try (PreparedStatement query = connection.prepareStatement(sql)) {
      query.setString(1, type);
      try (ResultSet rows = query.executeQuery()) {
        List<String> found = new ArrayList<>();
        while (rows.next()) {
          found.add(rows.getString(1));
        }
        return found;
      }
    }
  }
}
