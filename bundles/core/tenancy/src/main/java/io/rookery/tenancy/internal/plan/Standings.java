// SPDX-License-Identifier: Apache-2.0
package io.rookery.tenancy.internal.plan;

import io.rookery.api.plans.Entitlement;
import io.rookery.api.plans.EntitlementUsage;
import io.rookery.kernel.Tx;
import io.rookery.persistence.Schema;
import io.rookery.tenancy.internal.OperatorTenant;
import io.rookery.tenancy.internal.auth.Rate;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.osgi.service.component.annotations.Reference;
import org.osgi.service.component.annotations.ReferenceCardinality;
import org.osgi.service.component.annotations.ReferencePolicy;
import org.osgi.service.metatype.annotations.Designate;

/** What tenants may make and how much they have, read in their own transactions. Thread-safe. */
@Component(
    service = Standings.class,
    configurationPid = PlanConfiguration.PID,
    reference = @Reference(name = "schema", service = Schema.class, target = "(area=tenancy)"))
@Designate(ocd = PlanConfiguration.class)
public final class Standings {

  /** The plan that is always there, under which only requests are limited. */
  static final String UNMETERED = "unmetered";

  /** A default plan that does not exist, as by a slip in the configuration, limits nothing. */
  private static final String PLAN =
      """
      select %s, s.plan is not null from platform.plan p
      left join tenant.subscription s on s.tenant_id = ? and s.id = s.tenant_id
      where p.code in (coalesce(s.plan, ?), ?)
      order by p.code = ? limit 1
      """
          .formatted(PlanRows.COLUMNS);

  private static final int CHOSEN = 14;

  private static final String LOCK = "select pg_advisory_xact_lock(hashtextextended(?, 0))";

  private final OperatorTenant operator;
  private final String defaultPlan;
  private final List<EntitlementUsage> counters = new CopyOnWriteArrayList<>();

  /** Works by what the operator has configured. */
  @Activate
  public Standings(@Reference OperatorTenant operator, PlanConfiguration configuration) {
    this(operator, configuration.default__plan());
  }

  private Standings(OperatorTenant operator, String defaultPlan) {
    this.operator = operator;
    this.defaultPlan = defaultPlan;
  }

  /** Gives tenants that chose none a plan. */
  public static Standings of(OperatorTenant operator, String defaultPlan) {
    return new Standings(operator, defaultPlan);
  }

  /** Counts by a service from now on. */
  @Reference(cardinality = ReferenceCardinality.MULTIPLE, policy = ReferencePolicy.DYNAMIC)
  public void bindUsage(EntitlementUsage usage) {
    counters.add(usage);
  }

  /** Counts by it no longer. */
  public void unbindUsage(EntitlementUsage usage) {
    counters.remove(usage);
  }

  /** Returns what the transaction's tenant may make. */
  Standing of(Tx tx) throws SQLException {
    Map<Entitlement, Optional<Long>> overrides = OverrideRows.all(tx);
    boolean limited = !operator.is(tx.context().tenantId());
    try (PreparedStatement query = tx.connection().prepareStatement(PLAN)) {
      query.setObject(1, tx.context().tenantId());
      query.setString(2, defaultPlan);
      query.setString(3, UNMETERED);
      query.setString(4, UNMETERED);
      try (ResultSet row = query.executeQuery()) {
        if (!row.next()) {
          throw new IllegalStateException("The plan " + UNMETERED + " is missing");
        }
        return new Standing(PlanRows.plan(row), row.getBoolean(CHOSEN), overrides, limited);
      }
    }
  }

  /**
   * Returns how often each key of the transaction's tenant may ask.
   *
   * @param configured what holds for tenants that chose no plan, or null for the plan's own
   */
  public Rate rate(Tx tx, Rate configured) throws SQLException {
    Standing standing = of(tx);
    boolean own = standing.chosen() || configured == null;
    return new Rate(
        rate(standing, Entitlement.REQUESTS_PER_MINUTE, own ? null : configured.perMinute()),
        rate(standing, Entitlement.REQUEST_BURST, own ? null : configured.burst()));
  }

  private static int rate(Standing standing, Entitlement entitlement, Integer configured) {
    return configured == null || standing.overridden(entitlement)
        ? Math.toIntExact(standing.limit(entitlement).orElseThrow())
        : configured;
  }

  /** Lets nobody else of the tenant make such things until the transaction has ended. */
  void lock(Tx tx, Entitlement entitlement) throws SQLException {
    try (PreparedStatement lock = tx.connection().prepareStatement(LOCK)) {
      lock.setString(1, "entitlement " + tx.context().tenantId() + " " + entitlement);
      lock.execute();
    }
  }

  /** Returns how much the transaction's tenant has, or empty where nobody counts it. */
  OptionalLong used(Tx tx, Entitlement entitlement) throws SQLException {
    for (EntitlementUsage counter : counters) {
      if (counter.entitlement() == entitlement) {
        return OptionalLong.of(counter.used(tx));
      }
    }
    return OptionalLong.empty();
  }
}
