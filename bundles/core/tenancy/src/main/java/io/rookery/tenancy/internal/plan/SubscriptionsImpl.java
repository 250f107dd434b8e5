// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.Subscription;
import io.rookery.api.plans.Subscription.Interval;
import io.rookery.api.plans.Subscriptions;
import io.rookery.api.tenancy.TenantService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.kernel.Tx;
import io.rookery.kernel.Uuids;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.auth.KeyCache;
import io.rookery.tenancy.internal.plan.OverrideRows.Setting;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Which plan tenants have, and what the operator allows them beside it. */
@Component
public final class SubscriptionsImpl implements Subscriptions {

  private final Transactions transactions;
  private final TenantService tenants;
  private final EventLog log;
  private final Epochs epochs;
  private final Changes changes;
  private final Clock clock;

  /** Serves once the tables are there, which standings wait for. */
  @Activate
  public SubscriptionsImpl(
      @Reference Transactions transactions,
      @Reference TenantService tenants,
      @Reference EventLog log,
      @Reference Epochs epochs,
      @Reference Standings standings) {
    this(new Neighbours(transactions, tenants, log, epochs), standings, Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public SubscriptionsImpl(Neighbours neighbours, Standings standings, Clock clock) {
    this.transactions = neighbours.transactions();
    this.tenants = neighbours.tenants();
    this.log = neighbours.log();
    this.epochs = neighbours.epochs();
    this.changes = new Changes(standings, log);
    this.clock = clock;
  }

  /** What the service stands on. */
  public record Neighbours(
      Transactions transactions, TenantService tenants, EventLog log, Epochs epochs) {}

  @Override
  public Subscription get(TenantContext context) {
    return transactions.call(context, tx -> changes.show(tx, now()));
  }

  @Override
  public Subscription change(TenantContext context, String plan, Interval interval) {
    refuseOperator(context.tenantId());
    Instant now = now();
    Subscription changed =
        transactions.callOnce(
            context,
            Subscription.class,
            tx -> {
              changes.ask(tx, plan, interval, now);
              return changes.show(tx, now);
            });
    epochs.raise(context.tenantId(), KeyCache.TENANT);
    return changed;
  }

  @Override
  public Subscription get(TenantContext operator, UUID tenantId) {
    return get(inside(operator, tenantId));
  }

  @Override
  public Subscription assign(
      TenantContext operator, UUID tenantId, String plan, Interval interval) {
    TenantContext tenant = inside(operator, tenantId);
    refuseOperator(tenantId);
    boolean changed = transactions.call(tenant, tx -> assign(tx, plan, interval));
    epochs.raise(tenantId, KeyCache.TENANT);
    if (changed) {
      tell(operator, "subscription.changed", tenantId, Map.of("plan", plan));
    }
    return get(tenant);
  }

  private boolean assign(Tx tx, String plan, Interval interval) throws SQLException {
    if (PlanRows.find(tx.connection(), plan).isEmpty()) {
      throw RookeryException.invalid("/plan", "There is no such plan");
    }
    Optional<SubscriptionRow> present = SubscriptionRows.lock(tx);
    Interval period =
        Optional.ofNullable(interval)
            .or(() -> present.map(SubscriptionRow::interval))
            .orElse(Interval.MONTH);
    boolean same =
        present
            .filter(row -> row.plan().equals(plan) && row.interval() == period)
            .filter(row -> row.dueAt() == null)
            .isPresent();
    if (!same) {
      changes.begin(tx, plan, period, now());
    }
    return !same;
  }

  @Override
  public Subscription override(
      TenantContext operator, UUID tenantId, Entitlement entitlement, Long limit) {
    TenantContext tenant = inside(operator, tenantId);
    refuseOperator(tenantId);
    PlanRules.check(entitlement, limit);
    Map<String, Object> data = data(entitlement);
    data.put("limit", limit == null ? "none" : limit);
    Setting setting =
        new Setting(Uuids.next(), operator.actor().kind() + ":" + operator.actor().id(), now());
    return overridden(
        operator,
        tenant,
        new Told("entitlement.overridden", data),
        tx -> OverrideRows.put(tx, entitlement, limit, setting));
  }

  @Override
  public Subscription removeOverride(
      TenantContext operator, UUID tenantId, Entitlement entitlement) {
    TenantContext tenant = inside(operator, tenantId);
    return overridden(
        operator,
        tenant,
        new Told("entitlement.override_removed", data(entitlement)),
        tx -> OverrideRows.remove(tx, entitlement));
  }

  private Subscription overridden(
      TenantContext operator, TenantContext tenant, Told told, LimitChange change) {
    boolean changed =
        transactions.call(
            tenant,
            tx -> {
              Optional<UUID> row = change.make(tx);
              row.ifPresent(id -> log.append(tx, NewEvent.of(told.type(), id, now(), told.data())));
              return row.isPresent();
            });
    epochs.raise(tenant.tenantId(), KeyCache.TENANT);
    if (changed) {
      tell(operator, told.type(), tenant.tenantId(), told.data());
    }
    return get(tenant);
  }

  private static Map<String, Object> data(Entitlement entitlement) {
    return new HashMap<>(Map.of("entitlement", entitlement.name().toLowerCase(Locale.ROOT)));
  }

  private void tell(TenantContext operator, String type, UUID tenantId, Map<String, ?> data) {
    Map<String, Object> whole = new HashMap<>(data);
    whole.put("tenant_id", tenantId);
    transactions.call(
        operator,
        tx -> {
          log.append(tx, NewEvent.of(type, tenantId, now(), whole));
          return null;
        });
  }

  /** Returns the operator's context turned to a tenant that there is. */
  private TenantContext inside(TenantContext operator, UUID tenantId) {
    if (!operator.tenantId().equals(tenants.operatorTenantId())) {
      throw new RookeryException(
          CommonErrors.FORBIDDEN, "Only the operator decides about tenants' plans");
    }
    if (tenants.find(operator, tenantId.toString()).isEmpty()) {
      throw RookeryException.notFound("tenant");
    }
    return operator.inside(tenantId);
  }

  private void refuseOperator(UUID tenantId) {
    if (tenantId.equals(tenants.operatorTenantId())) {
      throw new RookeryException(
          CommonErrors.WRONG_STATE, "The operator's own tenant has no plan and no limits");
    }
  }

  private Instant now() {
    return clock.instant().truncatedTo(ChronoUnit.MICROS);
  }

  /** What the logs are told. */
  private record Told(String type, Map<String, Object> data) {}

  /** A change of the operator's limits; gives the row's id where it changed anything. */
  @FunctionalInterface
  private interface LimitChange {

    Optional<UUID> make(Tx tx) throws SQLException;
  }
}
