// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.tenancy.TenantPermissions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.store.PermissionRows;
import java.sql.SQLException;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Keeps what tenants are permitted, and tells the tenant's and the operator's logs of it. */
@Component(
    service = TenantPermissions.class,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class TenantPermissionsImpl implements TenantPermissions {

  private final Transactions transactions;
  private final TenantService tenants;
  private final EventLog events;
  private final Clock clock;

  /** Makes the service. */
  @Activate
  public TenantPermissionsImpl(
      @Reference Transactions transactions,
      @Reference TenantService tenants,
      @Reference EventLog events) {
    this(transactions, tenants, events, Clock.systemUTC());
  }

  TenantPermissionsImpl(
      Transactions transactions, TenantService tenants, EventLog events, Clock clock) {
    this.transactions = transactions;
    this.tenants = tenants;
    this.events = events;
    this.clock = clock;
  }

  @Override
  public Grant grant(TenantContext operator, UUID tenantId, Permission permission) {
    TenantContext tenant = tenant(operator, tenantId);
    Grant grant =
        new Grant(
            Uuids.next(),
            permission,
            operator.actor().kind() + ":" + operator.actor().id(),
            clock.instant().truncatedTo(ChronoUnit.MICROS));
    boolean added = transactions.call(tenant, tx -> insert(tx, grant));
    if (added) {
      tell(operator, "tenant.permission_granted", grant.id(), tenantId, permission);
    }
    return list(tenant).stream()
        .filter(found -> found.permission() == permission)
        .findFirst()
        .orElse(grant);
  }

  private boolean insert(Tx tx, Grant grant) throws SQLException {
    boolean added = PermissionRows.insert(tx, grant);
    if (added) {
      append(tx, "tenant.permission_granted", grant.id(), data(grant.permission()));
    }
    return added;
  }

  @Override
  public void revoke(TenantContext operator, UUID tenantId, Permission permission) {
    UUID removed =
        transactions.call(
            tenant(operator, tenantId),
            tx -> {
              UUID id = PermissionRows.delete(tx, permission).orElse(null);
              if (id != null) {
                append(tx, "tenant.permission_revoked", id, data(permission));
              }
              return id;
            });
    if (removed != null) {
      tell(operator, "tenant.permission_revoked", removed, tenantId, permission);
    }
  }

  private void tell(
      TenantContext operator, String type, UUID id, UUID tenantId, Permission permission) {
    Map<String, Object> data = data(permission);
    data.put("tenant_id", tenantId);
    transactions.call(
        operator,
        tx -> {
          append(tx, type, id, data);
          return null;
        });
  }

  private void append(Tx tx, String type, UUID id, Map<String, Object> data) {
    events.append(tx, NewEvent.of(type, id, clock.instant(), data));
  }

  private static Map<String, Object> data(Permission permission) {
    return new HashMap<>(Map.of("permission", permission.name().toLowerCase(Locale.ROOT)));
  }

  private TenantContext tenant(TenantContext operator, UUID tenantId) {
    if (!operator.tenantId().equals(tenants.operatorTenantId())) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN, "Only the operator decides what tenants are permitted");
    }
    if (tenants.find(operator, tenantId.toString()).isEmpty()) {
      throw RookeryException.notFound("tenant");
    }
    return operator.inside(tenantId);
  }

  @Override
  public List<Grant> list(TenantContext context) {
    return transactions.call(context, PermissionRows::list);
  }

  @Override
  public boolean holds(Tx tx, Permission permission) {
    try {
      return PermissionRows.holds(tx, permission);
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }
}
