// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal;

import io.rookery.api.secrets.OperatorLog;
import io.rookery.api.tenancy.Tenant;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.Actor;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Schema;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.store.Directory;
import io.rookery.tenancy.internal.store.TenantRows;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The operator's own tenant, made at first boot; however many nodes boot, there is one. */
@Component(
    service = {OperatorTenant.class, OperatorLog.class},
    immediate = true,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
public final class OperatorTenant implements OperatorLog {

  /** The slug of the operator's tenant, which no other may take. */
  static final String SLUG = "operator";

  private static final Logger LOG = LoggerFactory.getLogger(OperatorTenant.class);

  private final Transactions transactions;
  private final Directory directory;
  private final EventLog log;
  private final Clock clock;
  private volatile UUID id;

  /** Makes the tenant where it is missing, now or, while the database is away, when asked for. */
  @Activate
  public OperatorTenant(@Reference Transactions transactions, @Reference EventLog log) {
    this(transactions, log, Clock.systemUTC());
    try {
      id();
    } catch (RookeryException e) {
      LOG.warn("The operator's tenant cannot be looked up now: {}", e.getMessage());
    }
  }

  OperatorTenant(Transactions transactions, EventLog log, Clock clock) {
    this.transactions = transactions;
    this.directory = new Directory(transactions);
    this.log = log;
    this.clock = clock;
  }

  /** Returns the id of the operator's tenant. */
  public UUID id() {
    UUID known = id;
    if (known == null) {
      known = ensure();
      id = known;
    }
    return known;
  }

  @Override
  public TenantContext as(Actor actor) {
    return TenantContext.of(id(), actor);
  }

  /** Returns whether a tenant is the operator's, without asking the database. */
  public boolean is(UUID tenantId) {
    return tenantId.equals(id);
  }

  private UUID ensure() {
    Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
    UUID found = directory.reserveOperator(Uuids.next(), SLUG, now);
    Tenant tenant = new Tenant(found, SLUG, "Operator", null, Tenant.Status.ACTIVE, 1, now, 1);
    return transactions.call(
        TenantContext.of(found, Actor.system("tenancy")), tx -> insert(tx, tenant));
  }

  private UUID insert(Tx tx, Tenant tenant) throws SQLException {
    if (TenantRows.insert(tx, tenant)) {
      log.append(tx, new NewEvent("tenant.created", tenant.id(), 1, tenant.createdAt(), Map.of()));
    }
    return tenant.id();
  }
}
