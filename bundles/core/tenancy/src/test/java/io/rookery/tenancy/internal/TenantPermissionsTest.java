// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import static io.rookery.tenancy.internal.World.assertFails;
import static org.assertj.core.api.Assertions.assertThat;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantPermissions.Grant;
import io.rookery.api.tenancy.TenantPermissions.Permission;
import io.rookery.events.internal.EventLogService;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.test.TestDatabase;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class TenantPermissionsTest {

  private static final Permission MAIL = Permission.TRANSACTIONAL_MAIL;

  @RegisterExtension
  static final TestDatabase DATABASE = TestDatabase.withAreas("events", "tenancy");

  private World world;
  private TenantPermissionsImpl permissions;
  private Tenant tenant;
  private TenantContext own;

  @BeforeEach
  void open() {
    world = new World(DATABASE);
    permissions =
        new TenantPermissionsImpl(
            world.transactions, world.tenants, new EventLogService(() -> 1, null), world.clock);
    tenant = world.newTenant();
    own = World.context(tenant);
  }

  @Test
  void aPermissionShouldHoldUntilItIsTakenBackAndBothBeToldOnce() {
    assertThat(holds(own)).isFalse();

    Grant grant = permissions.grant(world.asOperator, tenant.id(), MAIL);
    assertThat(permissions.grant(world.asOperator, tenant.id(), MAIL)).isEqualTo(grant);
    assertThat(permissions.list(own)).containsExactly(grant);
    assertThat(grant.grantedBy()).isEqualTo("OPERATOR:shell");
    assertThat(holds(own)).isTrue();

    permissions.revoke(world.asOperator, tenant.id(), MAIL);
    permissions.revoke(world.asOperator, tenant.id(), MAIL);
    assertThat(permissions.list(own)).isEmpty();
    assertThat(holds(own)).isFalse();
    assertThat(world.events(own))
        .endsWith("tenant.permission_granted 0", "tenant.permission_revoked 0");
    assertThat(world.events(world.asOperator))
        .endsWith("tenant.permission_granted 0", "tenant.permission_revoked 0");
  }

  @Test
  void aPermissionShouldBeItsTenantsAlone() {
    permissions.grant(world.asOperator, tenant.id(), MAIL);
    TenantContext other = World.context(world.newTenant());

    assertThat(holds(other)).isFalse();
    assertThat(permissions.list(other)).isEmpty();
  }

  @Test
  void onlyTheOperatorShouldDecideAndOnlyAboutTenantsThereAre() {
    assertFails(CommonErrors.FORBIDDEN, () -> permissions.grant(own, tenant.id(), MAIL));
    assertFails(CommonErrors.FORBIDDEN, () -> permissions.revoke(own, tenant.id(), MAIL));
    assertFails(
        CommonErrors.NOT_FOUND, () -> permissions.grant(world.asOperator, Uuids.next(), MAIL));
    assertThat(holds(own)).isFalse();
  }

  private boolean holds(TenantContext context) {
    return world.transactions.call(context, tx -> permissions.holds(tx, MAIL));
  }
}
