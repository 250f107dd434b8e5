// SPDX-License-Identifier: Apache-2.0
package io.rookery.certificates.internal;

import io.rookery.api.tenancy.Tenant;
import io.rookery.api.tenancy.TenantService;
import io.rookery.kernel.Actor;
import io.rookery.kernel.Page;
import io.rookery.kernel.PageRequest;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Uuids;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Has the tenants that a test adds, and tells them to the operator in one page. */
final class FakeTenants implements TenantService {

  private final UUID operator = Uuids.next();
  private final List<Tenant> tenants = new ArrayList<>();
  int listed;

  UUID add() {
    UUID id = Uuids.next();
    tenants.add(
        new Tenant(id, "t" + id, "Tenant", null, Tenant.Status.ACTIVE, 1, Instant.EPOCH, 1));
    return id;
  }

  @Override
  public TenantContext operator(Actor actor) {
    return TenantContext.of(operator, actor);
  }

  @Override
  public UUID operatorTenantId() {
    return operator;
  }

  @Override
  public Page<Tenant> list(TenantContext context, PageRequest page) {
    listed++;
    return new Page<>(context.tenantId().equals(operator) ? tenants : List.of(), null);
  }

  @Override
  public Tenant create(TenantContext context, NewTenant tenant) {
    throw none();
  }

  @Override
  public Optional<Tenant> find(TenantContext context, String idOrSlug) {
    throw none();
  }

  @Override
  public Tenant get(TenantContext context) {
    throw none();
  }

  @Override
  public Tenant update(TenantContext context, TenantChange change) {
    throw none();
  }

  @Override
  public Tenant suspend(TenantContext context, UUID tenantId, String reason) {
    throw none();
  }

  @Override
  public Tenant resume(TenantContext context, UUID tenantId) {
    throw none();
  }

  @Override
  public Tenant weigh(TenantContext context, UUID tenantId, int weight) {
    throw none();
  }

  private static UnsupportedOperationException none() {
    return new UnsupportedOperationException("Certificates change no tenants");
  }
}
