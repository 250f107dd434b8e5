// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.secrets.TenantSeals;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TenantSealingImplTest {

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private final Sealed sealed = new Sealed();
  private World world;
  private TenantSealingImpl sealing;
  private UUID tenant;

  @BeforeEach
  void begin() {
    world = new World(DATABASE);
    sealing = new TenantSealingImpl(world.transactions, world.tenants, sealed, world.log);
    tenant = world.newTenant().id();
  }

  @Test
  void theOperatorShouldSealATenantAndItsOwnLogShouldSayOfWhom() {
    int before = world.events(world.asOperator).size();
    assertThat(sealing.seal(world.asOperator, tenant, "Found in public").reason())
        .isEqualTo("Found in public");
    assertThat(sealing.find(world.asOperator, tenant)).isPresent();
    sealing.seal(world.asOperator, tenant, "Again");
    sealing.unseal(world.asOperator, tenant);
    sealing.unseal(world.asOperator, tenant);
    assertThat(sealing.find(world.asOperator, tenant)).isEmpty();
    assertThat(world.events(world.asOperator).subList(before, before + 2))
        .containsExactly("tenant.sealed 0", "tenant.unsealed 0");
    assertThat(world.events(world.asOperator)).hasSize(before + 2);
  }

  @Test
  void nobodyElseShouldSealAnybody() {
    TenantContext own = TenantContext.of(tenant, world.asOperator.actor());
    World.assertFails(CommonErrors.FORBIDDEN, () -> sealing.seal(own, tenant, "Mine"));
    World.assertFails(CommonErrors.FORBIDDEN, () -> sealing.unseal(own, tenant));
    World.assertFails(CommonErrors.FORBIDDEN, () -> sealing.find(own, tenant));
    assertThat(sealed.seals).isEmpty();
  }

  @Test
  void whoIsNotThereAndTheOperatorShouldNotBeSealed() {
    World.assertFails(
        CommonErrors.NOT_FOUND, () -> sealing.seal(world.asOperator, Uuids.next(), "Who"));
    World.assertFails(
        CommonErrors.WRONG_STATE,
        () -> sealing.seal(world.asOperator, world.asOperator.tenantId(), "Me"));
    assertThat(sealed.seals).isEmpty();
  }

  /** Keeps seals as the secrets service does, without a database. */
  private static final class Sealed implements TenantSeals {

    private final Map<UUID, Seal> seals = new ConcurrentHashMap<>();

    @Override
    public Seal seal(TenantContext context, String reason) {
      if (reason.isEmpty()) {
        throw RookeryException.invalid("/reason", "Say why");
      }
      return seals.computeIfAbsent(
          context.tenantId(), id -> new Seal(Uuids.next(), reason, "operator:x", Instant.now()));
    }

    @Override
    public boolean unseal(TenantContext context) {
      return seals.remove(context.tenantId()) != null;
    }

    @Override
    public Optional<Seal> find(TenantContext context) {
      return Optional.ofNullable(seals.get(context.tenantId()));
    }
  }
}
