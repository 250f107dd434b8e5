// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.secrets.TenantSeals;
import io.rookery.api.secrets.TenantSeals.Seal;
import io.rookery.api.tenancy.TenantSealing;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Transactions;
import java.time.Clock;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Lets the operator alone seal tenants, and tells the operator's log of it too. */
@Component
public final class TenantSealingImpl implements TenantSealing {

  private final Transactions transactions;
  private final TenantService tenants;
  private final TenantSeals seals;
  private final EventLog events;
  private final OperatorRequests requests;
  private final Clock clock = Clock.systemUTC();

  /** Makes the service. */
  @Activate
  public TenantSealingImpl(
      @Reference Transactions transactions,
      @Reference TenantService tenants,
      @Reference TenantSeals seals,
      @Reference EventLog events) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.seals = seals;
    this.events = events;
    this.requests = new OperatorRequests(transactions);
  }

  @Override
  public Seal seal(TenantContext operator, UUID tenantId, String reason) {
    TenantContext tenant = tenant(operator, tenantId);
    if (tenantId.equals(operator.tenantId())) {
      throw new RookeryException(CommonErrors.WRONG_STATE, "The operator cannot be sealed");
    }
    boolean sealed = seals.find(tenant).isPresent();
    Seal seal = seals.seal(requests.begin(operator, tenant), reason);
    if (!sealed) {
      tell(operator, "tenant.sealed", seal.id(), tenantId);
    }
    return seal;
  }

  @Override
  public void unseal(TenantContext operator, UUID tenantId) {
    TenantContext tenant = tenant(operator, tenantId);
    Optional<Seal> before = seals.find(tenant);
    seals.unseal(requests.begin(operator, tenant));
    before.ifPresent(seal -> tell(operator, "tenant.unsealed", seal.id(), tenantId));
  }

  @Override
  public Optional<Seal> find(TenantContext operator, UUID tenantId) {
    return seals.find(tenant(operator, tenantId));
  }

  private void tell(TenantContext operator, String type, UUID id, UUID tenantId) {
    NewEvent event = NewEvent.of(type, id, clock.instant(), Map.of("tenant_id", tenantId));
    transactions.call(
        operator.withoutIdempotencyKey(),
        tx -> {
          events.append(tx, event);
          return null;
        });
  }

  private TenantContext tenant(TenantContext operator, UUID tenantId) {
    if (!operator.tenantId().equals(tenants.operatorTenantId())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator seals tenants");
    }
    if (tenants.find(operator, tenantId.toString()).isEmpty()) {
      throw RookeryException.notFound("tenant");
    }
    return operator.inside(tenantId);
  }
}
