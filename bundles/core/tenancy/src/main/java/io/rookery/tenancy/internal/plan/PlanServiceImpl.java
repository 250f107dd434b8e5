// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Plan;
import io.rookery.api.plans.PlanService;
import io.rookery.events.EventLog;
import io.rookery.events.NewEvent;
import io.rookery.kernel.CommonErrors;
import io.rookery.kernel.RookeryException;
import io.rookery.kernel.TenantContext;
import io.rookery.persistence.Epochs;
import io.rookery.persistence.SystemPurpose;
import io.rookery.persistence.Transactions;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.auth.Rates;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;

/** Plans, as the operator keeps them. */
@Component(reference = @Reference(name = "standings", service = Standings.class))
public final class PlanServiceImpl implements PlanService {

  private final Transactions transactions;
  private final EventLog log;
  private final Epochs epochs;
  private final OperatorTenant operator;
  private final Clock clock;

  /** Serves once the tables are there, which standings wait for. */
  @Activate
  public PlanServiceImpl(
      @Reference Transactions transactions,
      @Reference EventLog log,
      @Reference Epochs epochs,
      @Reference OperatorTenant operator) {
    this(transactions, log, epochs, operator, Clock.systemUTC());
  }

  /** Serves by a given clock. */
  public PlanServiceImpl(
      Transactions transactions,
      EventLog log,
      Epochs epochs,
      OperatorTenant operator,
      Clock clock) {
    this.transactions = transactions;
    this.log = log;
    this.epochs = epochs;
    this.operator = operator;
    this.clock = clock;
  }

  @Override
  public List<Plan> list(TenantContext context) {
    boolean all = context.tenantId().equals(operator.id());
    return transactions.call(context, tx -> PlanRows.all(tx.connection())).stream()
        .filter(plan -> all || plan.offered())
        .toList();
  }

  /** The plan is the platform's and the log the operator's, so one commits before the other. */
  @Override
  public Plan put(TenantContext context, Plan plan) {
    if (!context.tenantId().equals(operator.id())) {
      throw new RookeryException(CommonErrors.FORBIDDEN, "Only the operator changes plans");
    }
    PlanRules.check(plan);
    boolean changed =
        transactions.system(
            SystemPurpose.SUBSCRIPTIONS,
            connection -> {
              boolean same =
                  PlanRows.find(connection, plan.code()).filter(plan::equals).isPresent();
              PlanRows.put(connection, plan);
              return !same;
            });
    // Also where nothing changed: a node may have died here before.
    epochs.raise(operator.id(), Rates.PLANS);
    if (changed) {
      tell(context, plan);
    }
    return plan;
  }

  private void tell(TenantContext context, Plan plan) {
    UUID subject = UUID.nameUUIDFromBytes(("plan/" + plan.code()).getBytes(StandardCharsets.UTF_8));
    Map<String, Object> data = Map.of("plan", plan.code());
    transactions.call(
        context.withoutIdempotencyKey(),
        tx -> {
          log.append(tx, NewEvent.of("plan.changed", subject, clock.instant(), data));
          return null;
        });
  }
}
